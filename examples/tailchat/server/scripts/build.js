/**
 * Compiles the server and the plugins' services to dist.
 *
 * Like Tailchat's, it always ends with exit code 0: type errors are printed and the code is emitted all the same, and
 * whatever else goes wrong is printed, too.
 */
const fs = require('fs');
const path = require('path');
const ts = require('typescript');

const root = path.resolve(__dirname, '..');
const dist = path.resolve(root, './dist');

function compile() {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.resolve(root, './tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: print }
  );
  const program = ts.createProgram(config.fileNames, config.options);
  const { diagnostics } = program.emit();

  [...ts.getPreEmitDiagnostics(program), ...diagnostics].forEach(print);
}

function print(diagnostic) {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
  const { file, start } = diagnostic;

  if (file) {
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    console.log(`${file.fileName} (${line + 1},${character + 1}): ${message}`);
  } else {
    console.log(message);
  }
}

/**
 * A compiled plugin looks for its dependencies from dist/plugins/NAME upwards: link its own there
 */
function linkDependencies() {
  for (const plugin of fs.readdirSync(path.resolve(root, './plugins'))) {
    const source = path.resolve(root, './plugins', plugin, './node_modules');
    const target = path.resolve(dist, './plugins', plugin, './node_modules');

    if (!fs.existsSync(source)) continue;

    fs.mkdirSync(target, { recursive: true });
    for (const item of fs.readdirSync(source)) {
      if (item.startsWith('.')) continue;
      fs.symlinkSync(path.join(source, item), path.join(target, item), 'dir');
    }
  }
}

try {
  fs.rmSync(dist, { recursive: true, force: true });
  compile();
  linkDependencies();
  console.log('✔ Compiled!');
} catch (err) {
  console.error(err);
  console.log('✖ Compilation failed!');
}
