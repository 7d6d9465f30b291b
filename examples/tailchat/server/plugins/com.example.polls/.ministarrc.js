const path = require('path');
const copy = require('rollup-plugin-copy');

const pluginRoot = path.resolve(__dirname, './web');
const outDir = path.resolve(__dirname, '../../public');

module.exports = {
  externalDeps: ['react'],
  pluginRoot,
  outDir,
  rollupPlugins: ({ pluginName }) => [
    // the icon that the manifest links to
    copy({
      targets: [
        {
          src: `${pluginRoot}/plugins/${pluginName}/assets/**/*`,
          dest: `${outDir}/plugins/${pluginName}/assets`,
        },
      ],
    }),
  ],
};
