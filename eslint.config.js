import js from '@eslint/js'
import tseslint from 'typescript-eslint'

const nodeGlobals = {
  console: 'readonly',
  process: 'readonly',
  URL: 'readonly',
  Buffer: 'readonly',
  fetch: 'readonly',
  clearTimeout: 'readonly',
  setTimeout: 'readonly',
}

/** The rooms of src/, from the top down: each may import from those below it only (src/README.md). */
const rooms = [
  'stages',
  'publish',
  'report',
  'rules',
  'sync',
  'privileges',
  'proof',
  'image',
  'declarations',
  'workspace',
  'source',
  'registrations',
  'inputs',
  'docker',
  'formats',
  'tailchat',
  'lib',
]

const layers = rooms.map((room, index) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(?:\\.\\./)+(?:[\\w-]+\\.js$|(?:${['src', ...rooms.slice(0, index)].join('|')})/)`,
            message: `src/${room}/ may import only from the rooms below it: see src/README.md.`,
          },
        ],
      },
    ],
  },
}))

export default tseslint.config(
  { ignores: ['dist/', 'examples/', 'coverage/', '.reports/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  ...layers,
  // More parameters take one options object: a call then names what it passes.
  {
    files: ['src/**/*.ts'],
    rules: { 'max-params': ['error', 3] },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.property.name=/^(?:push|unshift|splice|concat|max|min|assign)$/] > SpreadElement',
          message:
            'Each item goes on the stack, which as many as a hostile file may hold overflow: see src/lib/lists.ts.',
        },
      ],
    },
  },
  { files: ['**/*.mjs', '**/*.js'], languageOptions: { globals: nodeGlobals } },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { ...nodeGlobals, require: 'readonly', module: 'readonly', __dirname: 'readonly' },
    },
  },
)
