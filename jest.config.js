const project = {
  // Types are what `npm run typecheck` looks at; here they are only taken off.
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript' },
          transform: { verbatimModuleSyntax: true },
        },
      },
    ],
  },
  extensionsToTreatAsEsm: ['.ts'],
  // What is asked for most comes first: each ending is looked for on the disk.
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  testEnvironment: 'node',
  // undici keeps its connections in a global object, which must outlive a test file: they close later.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  // Sources import each other with the .js ending that Node's ESM resolution wants; jest reads the .ts files.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
}

/** For tests that need Node and git alone, and make many small files. */
const inMemory = {
  ...project,
  globalSetup: '<rootDir>/__tests__/support/temporary-in-memory.mjs',
  globalTeardown: '<rootDir>/__tests__/support/remove-temporary.mjs',
}

/**
 * `unit` needs nothing but Node and git; `properties` runs some of it with many more cases; `bundle` attacks and packs
 * what is in dist/, `crash` kills it; `browser` needs a Chrome; `pnpm` needs the npm registry; `e2e` needs a Docker
 * engine and a container registry.
 */
export default {
  projects: [
    { ...inMemory, displayName: 'unit', testMatch: ['<rootDir>/__tests__/**/*.test.ts'] },
    { ...inMemory, displayName: 'properties', testMatch: ['<rootDir>/__tests__/**/*-properties.test.ts'] },
    { ...inMemory, displayName: 'bundle', testMatch: ['<rootDir>/__tests__/**/*.bundle.ts'] },
    { ...project, displayName: 'e2e', testMatch: ['<rootDir>/__tests__/**/*.e2e.ts'] },
    { ...project, displayName: 'browser', testMatch: ['<rootDir>/__tests__/**/*.browser.ts'] },
    { ...project, displayName: 'crash', testMatch: ['<rootDir>/__tests__/**/*.crash.ts'] },
    { ...project, displayName: 'pnpm', testMatch: ['<rootDir>/__tests__/**/*.pnpm.ts'] },
  ],
}
