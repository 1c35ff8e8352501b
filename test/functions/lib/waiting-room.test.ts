import assert from 'node:assert/strict';
import test from 'node:test';
import { createWaitingRoom, type Seat } from '../../../functions/lib/waiting-room.ts';

function seated(seat: Seat | null): Seat {
  assert.ok(seat !== null);
  return seat;
}

test('enter() gives null when every seat is taken', () => {
  const room = createWaitingRoom(2);
  seated(room.enter(0, 10));
  seated(room.enter(0, 10));
  assert.equal(room.enter(0, 10), null);
  assert.equal(room.count(0), 2);
});

test('enter() finds the seats of those who can no longer wait', () => {
  const room = createWaitingRoom(1);
  seated(room.enter(0, 10));
  assert.equal(room.enter(9, 20), null);
  seated(room.enter(10, 20));
});

test('leave() frees a seat once', () => {
  const room = createWaitingRoom(2);
  const first = seated(room.enter(0, 10));
  seated(room.enter(0, 10));
  room.leave(first);
  room.leave(first);
  assert.equal(room.count(0), 1);
});

test('isFirst() names the one who came first and is still there', () => {
  const room = createWaitingRoom(3);
  const first = seated(room.enter(0, 10));
  const second = seated(room.enter(0, 20));
  const third = seated(room.enter(0, 20));
  assert.deepEqual(
    [first, second, third].map((seat) => room.isFirst(seat, 5)),
    [true, false, false],
  );
  assert.equal(room.isFirst(second, 10), true);
  room.leave(second);
  assert.equal(room.isFirst(third, 10), true);
  assert.equal(room.isFirst(third, 20), false);
});
