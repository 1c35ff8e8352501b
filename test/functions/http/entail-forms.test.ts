import assert from 'node:assert/strict';
import test from 'node:test';
import { smallPng } from '../pipeline/fake-parts.ts';
import { fakeApp } from './fake-service.ts';

const IMAGE = smallPng();
const BASE64 = Buffer.from(IMAGE).toString('base64');
const HYPOTHESIS = 'a “café” & 2 dogs?';
const PREMISE = 'one\ttwo'; // No line feed: FormData sends it as CR LF, as HTML asks.

function form(
  entries: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[],
): RequestInit {
  const body = new FormData();
  for (const [name, value] of entries) {
    if (typeof value === 'string') body.append(name, value);
    else body.append(name, new Blob([value], { type: 'image/png' }), 'x.png');
  }
  return { body };
}

function json(value: unknown): RequestInit {
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

function raw(type = 'image/png'): RequestInit {
  return { headers: { 'Content-Type': type }, body: IMAGE };
}

function query(fields: Record<string, string>): string {
  return `/v1/entail?${new URLSearchParams(fields)}`;
}

const expected = { image: IMAGE, hypothesis: HYPOTHESIS, premise: PREMISE, explain: false };

test('POST /v1/entail asks the same in all three forms, by both names of each text', async () => {
  const { ask } = await fakeApp();
  for (const [first, second] of [
    ['hypothesis', 'premise'],
    ['text', 'text2'],
    ['hypothesis', 'text2'],
  ] as const) {
    const texts = { [first]: HYPOTHESIS, [second]: PREMISE };
    const forms: [string, RequestInit][] = [
      [
        '/v1/entail',
        form([
          ['image', IMAGE],
          [first, HYPOTHESIS],
          [second, PREMISE],
        ]),
      ],
      ['/v1/entail', json({ image: BASE64, ...texts })],
      ['/v1/entail', json({ image: `data:image/png;base64,${BASE64}`, ...texts })],
      [query(texts), raw()],
      [query(texts), raw('application/octet-stream')],
      [query(texts), raw('')],
      [query(texts), raw('IMAGE/PNG; charset=x')],
      [query(texts), json({ image: BASE64 })],
      [
        query({ [second]: PREMISE }),
        form([
          ['image', IMAGE],
          [first, HYPOTHESIS],
        ]),
      ],
    ];
    for (const [path, init] of forms) assert.deepEqual(await ask(path, init), expected);
  }
});

test('POST /v1/entail takes a question without a premise in all three forms', async () => {
  const { ask } = await fakeApp();
  const alone = { image: IMAGE, hypothesis: 'x', premise: null, explain: false };
  assert.deepEqual(
    await ask(
      '/v1/entail',
      form([
        ['image', IMAGE],
        ['text', 'x'],
      ]),
    ),
    alone,
  );
  assert.deepEqual(await ask('/v1/entail', json({ image: BASE64, text: 'x' })), alone);
  const nulled = { image: BASE64, text: 'x', premise: null, extra: 5 };
  assert.deepEqual(await ask('/v1/entail', json(nulled)), alone);
  assert.deepEqual(await ask(query({ text: 'x' }), raw()), alone);
});

test('POST /v1/entail takes both names of a text when they agree', async () => {
  const { ask } = await fakeApp();
  const both = { image: BASE64, text: 'x', hypothesis: 'x', text2: 'y', premise: 'y' };
  assert.deepEqual(await ask('/v1/entail', json(both)), {
    image: IMAGE,
    hypothesis: 'x',
    premise: 'y',
    explain: false,
  });
});

test('POST /v1/entail answers the verdict as JSON', async () => {
  const { send, model } = await fakeApp();
  const answer = await send(query({ text: 'x' }), { method: 'POST', ...raw() });
  assert.match(answer.headers.get('Content-Type') ?? 'none', /^application\/json/);
  assert.deepEqual(await answer.json(), {
    label: 'neutral',
    answer: 'maybe',
    scores: { entailment: 0.25, neutral: 0.5, contradiction: 0.25 },
    image: { format: 'png', width: 4, height: 3 },
    model: { name: 'fake', revision: model.revision, dtype: 'int8' },
  });
});

test('POST /v1/entail says what is missing, doubled or of the wrong kind', async () => {
  const { refusal } = await fakeApp();
  const invalid: [string, string, RequestInit][] = [
    ['image is missing', '/v1/entail', form([['hypothesis', 'x']])],
    ['image is missing', '/v1/entail', json({ hypothesis: 'x' })],
    ['image is missing', '/v1/entail', json({ image: null, hypothesis: 'x' })],
    ['image is empty', '/v1/entail', json({ image: '', hypothesis: 'x' })],
    ['image is empty', query({ text: 'x' }), { headers: { 'Content-Type': 'image/png' } }],
    ['hypothesis is missing', '/v1/entail', form([['image', IMAGE]])],
    ['hypothesis is missing', '/v1/entail', json({ image: BASE64, premise: 'x' })],
    ['hypothesis is missing', '/v1/entail', raw()],
    [
      'image is given twice',
      '/v1/entail',
      form([
        ['image', IMAGE],
        ['image', IMAGE],
        ['text', 'x'],
      ]),
    ],
    ['hypothesis is given twice', '/v1/entail?hypothesis=x&hypothesis=x', raw()],
    ['text is given twice', '/v1/entail?text=x', json({ image: BASE64, text: 'x' })],
    [
      'hypothesis and text are names of one field and differ',
      query({ hypothesis: 'x', text: 'y' }),
      raw(),
    ],
    [
      'premise and text2 are names of one field and differ',
      '/v1/entail',
      json({ image: BASE64, hypothesis: 'x', premise: 'y', text2: 'z' }),
    ],
  ];
  for (const [detail, path, init] of invalid) {
    assert.equal(
      await refusal(path, init),
      `422 invalid_request: cannot read the question: ${detail}`,
    );
  }
});

test('POST /v1/entail says which value is of the wrong type', async () => {
  const { refusal } = await fakeApp();
  for (const [detail, init] of [
    ['the hypothesis: it must be a text', json({ image: BASE64, hypothesis: 5 })],
    ['the premise: it must be a text', json({ image: BASE64, hypothesis: 'x', premise: ['y'] })],
    [
      'the hypothesis: it must be a text',
      form([
        ['image', IMAGE],
        ['hypothesis', IMAGE],
      ]),
    ],
    ['the image: it must be base64 or a data: URL', json({ image: 5, hypothesis: 'x' })],
    ['the image: it is not base64', json({ image: 'a photo', hypothesis: 'x' })],
    [
      'the image: it must be sent as a file',
      form([
        ['image', BASE64],
        ['hypothesis', 'x'],
      ]),
    ],
    ['the body: it must be a JSON object', json([BASE64])],
    ['the body: it must be a JSON object', json(null)],
    ['the form: more than 48 parts', form(Array(49).fill(['other', 'x']))],
  ] as const) {
    assert.equal(await refusal('/v1/entail', init), `422 invalid_request: cannot read ${detail}`);
  }
});

test('POST /v1/entail refuses a body that is not what it is called', async () => {
  const { refusal } = await fakeApp();
  const typed = (type: string, body: string): RequestInit => ({
    headers: { 'Content-Type': type },
    body,
  });
  for (const init of [
    typed('application/json', '{"image": '),
    typed('application/json', ''),
    { headers: { 'Content-Type': 'application/json' }, body: new Uint8Array([0x22, 0xff, 0x22]) },
    typed('multipart/form-data; boundary=b', 'no boundary in it'),
    typed('multipart/form-data', '--b\r\n\r\n--b--'),
  ]) {
    assert.match(
      await refusal('/v1/entail', init),
      /^400 bad_request: cannot read the (body|form)/,
    );
  }
});

test('POST /v1/entail refuses other media types and compressed bodies', async () => {
  const { refusal } = await fakeApp();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/mixed']) {
    const init = { headers: { 'Content-Type': type }, body: IMAGE };
    assert.match(await refusal(query({ text: 'x' }), init), /^415 unsupported_media: .*send/);
  }
  const zipped = {
    headers: { 'Content-Type': 'image/png', 'Content-Encoding': 'gzip' },
    body: 'x',
  };
  assert.match(await refusal(query({ text: 'x' }), zipped), /^415 unsupported_media: .*gzip/);
});

test('POST /v1/entail asks where the model looked in all three forms, and only when told', async () => {
  const { ask, refusal } = await fakeApp();
  const asking = (explain: string): [string, RequestInit][] => [
    [
      '/v1/entail',
      form([
        ['image', IMAGE],
        ['hypothesis', HYPOTHESIS],
        ['explain', explain],
      ]),
    ],
    [query({ hypothesis: HYPOTHESIS, explain }), raw()],
  ];
  const asJson = (explain: unknown): [string, RequestInit] => [
    '/v1/entail',
    json({ image: BASE64, hypothesis: HYPOTHESIS, explain }),
  ];
  for (const explain of [true, false]) {
    for (const request of [...asking(String(explain)), asJson(explain)]) {
      assert.equal((await ask(...request)).explain, explain);
    }
  }
  assert.equal((await ask(...asJson(null))).explain, false);
  for (const request of [...asking('yes'), ...asking(''), asJson(1), asJson({})]) {
    assert.equal(
      await refusal(...request),
      '422 invalid_request: cannot read explain: it must be true or false',
    );
  }
});
