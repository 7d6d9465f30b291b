/**
 * The place of Tailchat's webpack build: bundles the app next to the plugins that mini-star has put into dist,
 * and copies registry.json, which the app fetches at runtime.
 */
const fs = require('fs');
const path = require('path');
const esbuild = require('esbuild');

const root = path.resolve(__dirname, '..');
const dist = path.resolve(root, './dist');

esbuild.buildSync({
  entryPoints: [path.resolve(root, './src/index.ts')],
  outdir: dist,
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  define: { 'process.env.NODE_ENV': '"production"' },
});

for (const file of ['registry.json', 'index.html']) {
  fs.copyFileSync(path.resolve(root, file), path.resolve(dist, file));
}
