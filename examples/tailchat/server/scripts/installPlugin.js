/**
 * Builds the web part of plugins and offers it to users: pnpm plugin:install NAME...
 *
 * The corners are Tailchat's: a name without a directory is dropped silently, an empty manifest ends the whole run
 * with exit code 0, and a bundle error is not an error here.
 */
const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');

const pluginsDir = path.resolve(__dirname, '../plugins');
const registryFile = path.resolve(__dirname, '../public/registry-be.json');

const existing = fs
  .readdirSync(pluginsDir)
  .filter((name) => fs.statSync(path.join(pluginsDir, name)).isDirectory());

function readJSON(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function install(names) {
  for (const name of names) {
    console.log('┌ install', name);
    const directory = path.join(pluginsDir, name);
    const manifest = readJSON(
      path.join(directory, 'web/plugins', name, 'manifest.json')
    );

    if (!manifest) {
      console.error('The manifest is empty, skip the installation');
      return;
    }

    execFileSync('pnpm', ['build:web'], { cwd: directory, stdio: 'inherit' });
    register(manifest);
    console.log('└ installed', name);
  }
}

function register(manifest) {
  const registry = fs.existsSync(registryFile) ? readJSON(registryFile) : [];
  const others = registry.filter((entry) => entry.name !== manifest.name);

  fs.mkdirSync(path.dirname(registryFile), { recursive: true });
  fs.writeFileSync(registryFile, JSON.stringify([manifest, ...others]) + '\n');
}

const wanted = process.argv.slice(2);

if (wanted.length === 0) {
  console.log('Usage: pnpm plugin:install NAME...');
  console.log(existing.map((name) => `- ${name}`).join('\n'));
} else if (wanted.includes('all')) {
  install(existing);
} else {
  install(wanted.filter((name) => existing.includes(name)));
}
