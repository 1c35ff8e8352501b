import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { POINTER_KEY } from '../../../functions/model/bucket-keys.ts';
import { curlLine } from '../../../scripts/deploy/curl-line.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { runScript } from '../../lib/run-script.ts';
import { otherVersion } from '../../workerd/other-version.ts';
import { account, failing, type Interference, worker } from './account.ts';
import { startFront } from './front.ts';

const BUCKET = 'edge-entail-models';

/** Runs once and is refused, saying what to do next. */
async function refuses(interfere: Interference, what: RegExp, next: RegExp): Promise<void> {
  await assert.rejects(account(interfere).run(), (error: Error) => {
    const [first = '', rest = ''] = error.message.split('\nnext: ');
    assert.match(first, what);
    assert.match(rest, next);
    assert.match(rest, /run this again/);
    return true;
  });
}

describe('deploy()', () => {
  it('makes the bucket, sends the model, uploads the Worker, and sees it answer as this machine does', async () => {
    const { run, commands, buckets, said } = account();
    const { verdict, model, push, worker: deployed } = await run();
    assert.equal(verdict.label, 'entailment');
    assert.equal(verdict.model.revision, model.revision);
    const begun = commands
      .filter(([, second]) => second !== 'object')
      .map((args) => args.join(' '));
    assert.deepEqual(begun, ['whoami --json', `r2 bucket create ${BUCKET}`, 'deploy']);
    assert.equal(commands.at(-1)?.join(' '), 'deploy', 'weights before code');
    assert.equal(buckets.get(BUCKET)?.size, push.objects.length);
    const steps = said.filter((line) => /^\d\/7 /.test(line)).map((line) => line.slice(0, 3));
    assert.deepEqual(steps, ['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']);
    const curl = await runScript(['sh', '-c', curlLine(deployed.url, false)]);
    assert.equal(JSON.parse(curl.stdout).label, 'entailment', 'the curl line works');
  });

  it('a second time finds everything there', async () => {
    const { run, commands, said } = account();
    await run();
    const first = commands.length;
    said.length = 0;
    const { push } = await run();
    assert.ok(push.objects.every(({ done }) => done === 'kept'));
    assert.ok(commands.slice(first).every(([, , verb]) => verb !== 'put'));
    assert.ok(
      said.some((line) => line.trim() === 'there'),
      said.join('\n'),
    );
  });

  it('not logged in: says how to, and has changed nothing', async () => {
    for (const output of ['{"loggedIn":false}', '\n{"loggedIn":false}\n']) {
      const { run, commands } = account(failing('whoami', output));
      await assert.rejects(run(), /not logged in\nnext: npx wrangler login.*CLOUDFLARE_API_TOKEN/);
      assert.deepEqual(commands, []);
    }
  });

  it('several accounts: asks which, unless the environment says', async () => {
    const accounts = [
      { id: 'a1', name: 'One' },
      { id: 'b2', name: 'Two' },
    ];
    const output = JSON.stringify({ loggedIn: true, email: 'someone@mail.example', accounts });
    const { run, said } = account((args) =>
      args[0] === 'whoami' ? { exitCode: 0, output } : null,
    );
    await assert.rejects(run(), /which account: a1 One, b2 Two\nnext: set CLOUDFLARE_ACCOUNT_ID/);
    await run({ accountId: 'b2' });
    assert.ok(said.includes('            someone@mail.example, account Two'), said.join('\n'));
  });

  it('a token that cannot say whose it is goes on where the account is named', async () => {
    const mute = failing('whoami', 'Unable to retrieve email [code: 9109]');
    await account(mute).run({ accountId: 'a1' });
    await refuses(mute, /cannot tell who/, /wrangler login/);
  });

  it('R2 not switched on, no network, or something new: says what to do', async () => {
    const create = (output: string) => failing('r2 bucket create', output);
    const off = 'Please enable R2 through the Cloudflare Dashboard. [code: 10042]';
    await refuses(create(off), /cannot make bucket/, /switch R2 on/);
    await refuses(create('fetch failed: getaddrinfo ENOTFOUND'), /cannot make/, /reaches api/);
    await refuses(create('something new'), /something new/, /what wrangler says/);
  });

  it('an upload that fails: what was sent stays, and the next run sends only the rest', async () => {
    let left = 4;
    const { run, commands, buckets } = account((args) => {
      if (args[2] !== 'put') return null;
      left -= 1;
      return left < 0 ? { exitCode: 1, output: 'Authentication error [code: 10000]' } : null;
    });
    await assert.rejects(run(), /10000[\s\S]*next: npx wrangler login/);
    const bucket = buckets.get(BUCKET) ?? assert.fail('no bucket');
    assert.equal(bucket.size, 4);
    assert.ok(!bucket.has(POINTER_KEY), 'not switched');
    assert.ok(!commands.some(([first]) => first === 'deploy'), 'nor uploaded');
    left = Number.POSITIVE_INFINITY;
    const { push } = await run();
    assert.equal(push.objects.filter(({ done }) => done === 'kept').length, 4);
  });

  it('a Worker that is refused: says which plan it needs', async () => {
    const words = 'CPU limits are not supported for the Free plan. [code: 100328]';
    await refuses(failing('deploy', words), /cannot upload the Worker/, /Workers Paid/);
  });
});

describe('deploy() to an endpoint that', () => {
  it('is not ready at first: waits', async (t) => {
    let asked = 0;
    const url = await startFront(t, worker.url, (path) => {
      if (path !== '/readyz') return null;
      asked += 1;
      if (asked === 1) return { status: 404, body: 'error code: 1042' };
      return asked < 4 ? { status: 503, body: '{"code":"model_loading"}' } : null;
    });
    assert.equal((await account(() => null, url).run()).verdict.label, 'entailment');
    assert.equal(asked, 4);
  });

  it('never becomes ready: says what it said last, and where to look', async (t) => {
    const url = await startFront(t, worker.url, () => ({ status: 503, body: 'model_integrity' }));
    await assert.rejects(
      account(() => null, url).run({ timeoutMs: 200 }),
      /not ready after 0\.2 s: \/readyz answers 503: model_integrity\nnext: npx wrangler tail/,
    );
  });

  it('goes on with the version before: is not called a success', async () => {
    const { run } = account();
    await run();
    const { folder } = await otherVersion(defaultModelFolder);
    // The isolate has loaded its model, and keeps it.
    await assert.rejects(
      run({ modelFolder: folder, timeoutMs: 200 }),
      /it answers with sha256:[0-9a-f]+, not yet with sha256:/,
    );
  });

  it('wants a key: says where to put it', async (t) => {
    const body = JSON.stringify({ code: 'unauthorized', detail: 'cannot answer: no key' });
    const url = await startFront(t, worker.url, (path) =>
      path === '/v1/model' ? { status: 401, body } : null,
    );
    await assert.rejects(
      account(() => null, url).run(),
      /wants an API key.*\nnext: put one of its keys into EDGE_ENTAIL_API_KEY/,
    );
  });

  it('answers wrongly: says so, and the way back', async (t) => {
    const { verdict } = await account().run();
    const scores = { entailment: 0.1, neutral: 0.8, contradiction: 0.1 };
    const body = JSON.stringify({ ...verdict, label: 'neutral', scores });
    const url = await startFront(t, worker.url, (path) =>
      path === '/v1/entail' ? { status: 200, body } : null,
    );
    await assert.rejects(
      account(() => null, url).run(),
      /answers wrongly: entailment 0\.1 .*\nnext: npx wrangler rollback/,
    );
  });
});
