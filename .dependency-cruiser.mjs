// The rooms' order: http -> pipeline -> image | text | model -> lib. `npm run check` enforces it.

/** A rule that forbids edges. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const room = (names) => ({ path: `^functions/(${names})/` });

export default {
  forbidden: [
    forbid('no-cycles', 'No module needs itself.', {}, { circular: true }),
    forbid('lib-is-lowest', 'lib needs no other room.', room('lib'), {
      path: '^functions/',
      pathNot: '^functions/lib/',
    }),
    forbid('level-rooms-apart', 'image, text and model do not know each other.', room('(image|text|model)'), {
      path: '^functions/(image|text|model)/',
      pathNot: '^functions/$1/',
    }),
    forbid('no-way-up', 'image, text and model do not know who uses them.', room('image|text|model'), {
      path: '^functions/(pipeline|http|[^/]+$)',
    }),
    forbid('pipeline-below-http', 'pipeline does not know HTTP.', room('pipeline'), {
      path: '^functions/(http/|[^/]+$)',
    }),
    forbid('http-below-entry', 'Only the entry puts things together.', room('http'), {
      path: '^functions/[^/]+$',
    }),
    forbid(
      'env-at-entry',
      "Only the entry sees Cloudflare's Env.",
      { path: '^(functions|wasm)/', pathNot: '^functions/[^/]+$' },
      { path: '@cloudflare/workers-types' },
    ),
    forbid(
      'wasm-files-in-wasm',
      'Only wasm/ imports compiled modules.',
      { pathNot: '^wasm/' },
      { path: '[.]wasm$' },
    ),
    forbid(
      'wasm-at-entry',
      'Rooms get compiled modules and codecs as arguments.',
      { path: '^functions/', pathNot: '^functions/[^/]+$' },
      { path: '^wasm/' },
    ),
    forbid('wasm-needs-lib', 'wasm/ runs only functions/lib.', { path: '^wasm/' }, {
      path: '^functions/',
      pathNot: '^functions/lib/',
      dependencyTypesNot: ['type-only'],
    }),
    forbid(
      'runs-anywhere',
      'functions/ and wasm/ run in workerd, Node and browsers.',
      { path: '^(functions|wasm)/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'worker-apart',
      'The Worker needs neither scripts nor tests.',
      { path: '^(functions|wasm)/' },
      { path: '^(scripts|test)/' },
    ),
    forbid(
      'client-alone',
      'What callers install is client/ by itself; it speaks to the Worker over HTTP alone.',
      { path: '^client/' },
      { pathNot: '^client/' },
    ),
    forbid('worker-without-client', 'The Worker does not call itself.', { path: '^(functions|wasm)/' }, {
      path: '^client/',
    }),
    forbid(
      'page-apart',
      'The page runs in browsers: it needs neither scripts nor tests, nor what puts the Worker together.',
      { path: '^public/' },
      { path: '^(scripts/|test/|functions/[^/]+$)', dependencyTypesNot: ['type-only'] },
    ),
    forbid('worker-without-page', 'The Worker does not know its page.', { path: '^(functions|wasm)/' }, {
      path: '^public/',
    }),
    forbid(
      'deployed-dependencies',
      'What enters the Worker is named here: package.json has no dependencies, or installing the client would fetch them.',
      { path: '^(functions|wasm)/' },
      {
        path: '(^|/)node_modules/',
        pathNot: '(^|/)node_modules/(hono|zod|onnxruntime-web|@jsquash/(jpeg|png))/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'resolvable',
      'An import leads somewhere; cloudflare: is the runtime itself.',
      {},
      { couldNotResolve: true, pathNot: '^cloudflare:' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
