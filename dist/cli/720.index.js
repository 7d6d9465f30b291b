export const id = 720;
export const ids = [720];
export const modules = {

/***/ 9720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createPlugin: () => (/* binding */ createPlugin)
});

// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __webpack_require__(2876);
;// CONCATENATED MODULE: ./.build/src/declarations/new-plugin.js

/** The directory that a new plugin gets, from the root of the repository. */
function directoryOfNew({ name, kind, pluginsOnly }) {
    if (pluginsOnly)
        return `${layout/* layout */.Zp.ownPlugins}/${name}`;
    return `${kind === 'frontend' ? layout/* layout */.Zp.frontendPlugins : layout/* layout */.Zp.serverPlugins}/${name}`;
}
/**
 * Returns the files of a new plugin that does just enough to show that it works: path from the root of the repository →
 * text. It has no dependencies, so that the lockfile of a Tailchat stays as it is: `build:web` finds mini-star since
 * Tailchat's server has it (server/package.json), and services find the SDK there too.
 */
function filesOfNew(plugin) {
    const { name, kind, pluginsOnly } = plugin;
    const files = {
        ...(kind !== 'frontend' && serverFiles(name, { hasWeb: kind === 'fullstack', pluginsOnly })),
        ...(kind === 'frontend' && webFiles(name, kind)),
        ...(kind === 'fullstack' && below(`web/plugins/${name}`, webFiles(name, kind))),
    };
    return new Map(Object.entries(below(directoryOfNew(plugin), files)));
}
function webFiles(name, kind) {
    const { label, author } = wordsOf(name);
    return {
        'manifest.json': json({
            label,
            name,
            url: (0,layout/* canonicalUrl */.W3)(kind, name),
            version: '1.0.0',
            author,
            description: `${label} for Tailchat`,
            requireRestart: true,
        }),
        'package.json': json({
            name: `@plugins/${name}`,
            version: '1.0.0',
            private: true,
            main: 'src/index.tsx',
        }),
        'src/index.tsx': kind === 'frontend' ? frontendSource(name) : fullstackSource(name),
    };
}
function serverFiles(name, { hasWeb, pluginsOnly }) {
    const { last } = wordsOf(name);
    return {
        'package.json': json({
            name: `tailchat-plugin-${last.toLowerCase()}`,
            version: '1.0.0',
            private: true,
            main: 'index.js',
            ...(hasWeb && { scripts: { 'build:web': 'ministar buildPlugin all' } }),
            // It comes with the image; in a Tailchat repository it would have to be entered in the lockfile as well.
            ...(pluginsOnly && { dependencies: { 'tailchat-server-sdk': '*' } }),
        }),
        [`services/${last}.service.ts`]: serviceSource(name),
        ...(hasWeb && { '.ministarrc.js': MINISTAR_CONFIG }),
    };
}
const MINISTAR_CONFIG = `const path = require('path');

module.exports = {
  // What the web client shares with plugins: it is not bundled.
  externalDeps: ['react'],
  pluginRoot: path.resolve(__dirname, './web'),
  outDir: path.resolve(__dirname, '../../public'),
};
`;
function frontendSource(name) {
    const { label } = wordsOf(name);
    return `import { showToasts } from '@capital/common';

// This runs once, when the web client loads the plugin.
console.log('Plugin ${label} (${name}) is loaded');

export function sayHello() {
  showToasts('Hello from ${label}');
}
`;
}
function fullstackSource(name) {
    const { label } = wordsOf(name);
    return `import { createPluginRequest, showToasts } from '@capital/common';

const { post } = createPluginRequest('${name}');

// This runs once, when the web client loads the plugin.
console.log('Plugin ${label} (${name}) is loaded');

/** Calls the action of the plugin's service. */
export async function greet(name: string) {
  const { data } = await post('greet', { name });
  showToasts(data);
}
`;
}
function serviceSource(name) {
    const { label, last } = wordsOf(name);
    const className = `${label.replace(/[^A-Za-z0-9]/g, '').replace(/^(?=\d)/, 'Plugin')}Service`;
    return `import { TcService } from 'tailchat-server-sdk';
import type { TcContext } from 'tailchat-server-sdk';

/**
 * ${label}
 */
class ${className} extends TcService {
  get serviceName() {
    return 'plugin:${name}';
  }

  onInit() {
    this.registerAction('greet', this.greet, {
      params: {
        name: 'string',
      },
    });
  }

  /** Every user who is logged in can call it. */
  greet(ctx: TcContext<{ name: string }>) {
    return \`Hello \${ctx.params.name}, this is ${last}\`;
  }
}

export default ${className};
`;
}
/** `com.acme.group-notes`: its last part, a label for people made from that, and the name of its author. */
function wordsOf(name) {
    const parts = name.split('.');
    const last = parts.at(-1) ?? name;
    const label = last
        .split(/[_-]+/)
        .filter((word) => word !== '')
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join(' ');
    return { last, label, author: parts.at(-2) ?? last };
}
function below(directory, files) {
    return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]));
}
function json(value) {
    return `${JSON.stringify(value, null, 2)}\n`;
}

// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/lib/transaction.js
var transaction = __webpack_require__(1947);
// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __webpack_require__(7154);
// EXTERNAL MODULE: ./.build/src/workspace/read.js + 20 modules
var read = __webpack_require__(4320);
// EXTERNAL MODULE: ./.build/src/workspace/whereabouts.js
var whereabouts = __webpack_require__(8464);
// EXTERNAL MODULE: ./.build/src/stages/check.js + 2 modules
var check = __webpack_require__(207);
// EXTERNAL MODULE: ./.build/src/stages/vendor.js
var vendor = __webpack_require__(5261);
;// CONCATENATED MODULE: ./.build/src/stages/new.js









/**
 * Writes a new plugin that passes the check, with its declaration and its registrations; all of them, or none. An empty
 * directory, or a git repository without plugins, becomes a repository that holds plugins only.
 * @throws with what to do when it can't be here
 */
async function createPlugin(run) {
    const { inputs, record } = run;
    const { root } = run.surroundings;
    const { subject: name, kind = 'frontend' } = inputs.task;
    const workspace = await run.stage('workspace', () => (0,read/* readWorkspace */.i)(root, inputs.image));
    const hasPlugins = workspace.plugins.length > 0;
    const reason = (0,whereabouts/* whyNotHere */.uQ)(root, { path: inputs.path, hasPlugins, isFirst: true });
    if (reason !== undefined)
        throw new Error(reason);
    const { pluginsOnly } = workspace;
    const plugin = { name, kind, pluginsOnly };
    const directories = (0,layout/* pluginParents */.ZX)(pluginsOnly).map((parent) => `${parent}/${name}`);
    (0,vendor/* refuseTaken */.Ir)(root, name, directories);
    const declarations = await (0,check/* readDeclarations */.m2)(root, inputs.declarations);
    const isOffered = kind !== 'backend';
    const declared = (0,vendor/* declarationChange */.PQ)(run, { workspace, declarations }, { name, isOffered });
    const files = filesOfNew(plugin);
    const made = [
        { file: directoryOfNew(plugin), summary: `write ${name}: ${(0,wording/* plural */.LS)(files.size, 'file')}` },
        ...declared.map(({ file }) => ({ file, summary: `declare ${name}` })),
    ];
    if (inputs.dryRun)
        return record({ changes: (0,report/* sortChanges */.gQ)(made) });
    await (0,transaction/* withTransaction */.ro)(root, async (apply) => {
        apply([...[...files].map(([file, after]) => ({ file, after })), ...declared]);
        const { examined, changes } = await (0,vendor/* settle */.G9)(run, apply, { name, offers: true, refresh: false });
        record({ ...(0,check/* partOf */.BU)((0,vendor/* about */.Cv)(examined, name)), changes: (0,report/* sortChanges */.gQ)([...made, ...changes]) });
    });
    record({ applied: true, notes: [`Next: ${NEXT[kind]}; all files are in ${directoryOfNew(plugin)}.`] });
}
/** What an author does with the files. */
const NEXT = {
    frontend: 'write what the web client should do in src/index.tsx, and what users read in manifest.json',
    backend: 'write the actions in services/',
    fullstack: 'write the actions in services/, what the web client should do in web/, and what users read in its manifest.json',
};


/***/ })

};
