const path = require('path');
const copy = require('rollup-plugin-copy');

// What a frontend plugin may link to from its manifest: these files are copied next to its index.js
const copied = [
  { from: 'assets/**/*', to: 'assets' },
  { from: 'docs/**/*', to: 'docs' },
  { from: 'README.md', to: '' },
];

module.exports = {
  pluginRoot: __dirname,
  outDir: path.resolve(__dirname, './dist'),
  externalDeps: ['react'],
  rollupPlugins: ({ pluginName }) => [
    copy({
      targets: copied.map(({ from, to }) => ({
        src: path.resolve(__dirname, `./plugins/${pluginName}`, from),
        dest: path.resolve(__dirname, `./dist/plugins/${pluginName}`, to),
      })),
    }),
  ],
};
