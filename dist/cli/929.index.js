export const id = 929;
export const ids = [929];
export const modules = {

/***/ 4929:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  init: () => (/* binding */ init)
});

// UNUSED EXPORTS: hiddenAtFirst, renderInitialDeclarations

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./.build/src/inputs/inputs.js + 1 modules
var inputs = __webpack_require__(1699);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __webpack_require__(5312);
// EXTERNAL MODULE: ./.build/src/workspace/read.js + 20 modules
var read = __webpack_require__(4320);
// EXTERNAL MODULE: ./.build/src/lib/git.js
var git = __webpack_require__(9779);
;// CONCATENATED MODULE: ./.build/src/declarations/workflow.js




/** The file that `init` writes, from the top of the git repository. */
const WORKFLOW = '.github/workflows/tailchat-plugins.yml';
/** Works out the workflow for a repository, without writing it. An existing one is never replaced. */
async function planWorkflow(root, pluginsOnly) {
    const top = (0,git/* findRepository */.W1)(root)?.top;
    if (top === undefined)
        return { reason: 'this is not a git repository' };
    const present = workflowsIn(top).find((file) => file === WORKFLOW || (0,files/* repositoryText */.g_)(top, file)?.includes('/tailchat-plugin-deploy@'));
    if (present !== undefined)
        return { reason: `${present} already exists` };
    const remote = await (0,git/* readOrigin */.P2)(root);
    const found = remote === undefined ? undefined : homeOn(remote);
    if (remote !== undefined && found === undefined)
        return { reason: `${remote} is not on GitHub` };
    const home = {
        ...(found ?? { owner: 'OWNER', image: 'ghcr.io/OWNER/tailchat', registry: 'ghcr.io' }),
        branch: await mainBranch(root),
        path: (0,external_node_path_.relative)(top, root).split(external_node_path_.sep).join('/') || '.',
        pluginsOnly,
    };
    return { top, file: WORKFLOW, text: renderWorkflow(home), isGuessed: found !== undefined };
}
function workflowsIn(top) {
    const directory = (0,external_node_path_.join)(top, '.github/workflows');
    return (0,external_node_fs_.existsSync)(directory) ? (0,external_node_fs_.readdirSync)(directory).map((name) => `.github/workflows/${name}`) : [];
}
/** Hosts that do not run GitHub's workflows; any other one may be a GitHub Enterprise Server. */
const OTHER_HOSTS = /gitlab|bitbucket|codeberg|gitee|sourceforge|azure/i;
/** The owner, and where its images go: ghcr.io, or the container registry of a GitHub Enterprise Server. */
function homeOn(remote) {
    const [, host, owner, name] = /^https:\/\/([\w.-]+)\/([\w.-]+)\/([\w.-]+)$/.exec(remote) ?? [];
    if (host === undefined || owner === undefined || name === undefined || OTHER_HOSTS.test(host))
        return undefined;
    const registry = host === 'github.com' ? 'ghcr.io' : `containers.${host}`;
    return { owner, registry, image: `${registry}/${owner}/${name}`.toLowerCase() };
}
/** The default branch of the remote, else the one that is checked out. */
async function mainBranch(root) {
    for (const name of ['refs/remotes/origin/HEAD', 'HEAD']) {
        const branch = await (0,git/* git */.$Y)(root, ['symbolic-ref', '--quiet', name]).catch(() => '');
        const short = branch.replace(/^refs\/(?:remotes\/origin|heads)\//, '');
        if (short !== '')
            return short;
    }
    return 'main';
}
/** A workflow that checks each pull request, and deploys what is pushed to the main branch. */
function renderWorkflow({ owner, image, registry, branch, path, pluginsOnly }) {
    const uses = `      - uses: ${owner}/tailchat-plugin-deploy@v1`;
    const inputs = (...lines) => {
        const all = [...(path === '.' ? [] : [`path: ${workflow_text(path)}`]), ...lines];
        return all.length === 0 ? '' : `        with:\n${all.map((line) => `          ${line}\n`).join('')}`;
    };
    const sync = pluginsOnly
        ? ''
        : `
  # Registrations that are missing come as a pull request. See docs/publishing.md for a token whose
  # pull requests start workflows, and for the setting that lets this one open them.
  sync:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    permissions:
      contents: write
      pull-requests: write
    outputs:
      changed: \${{ steps.sync.outputs.changed }}
    steps:
      - uses: actions/checkout@v4
${uses}
        id: sync
${inputs('mode: sync', 'commit: pull-request')}`;
    const when = pluginsOnly
        ? "    if: github.event_name == 'push'"
        : "    needs: sync\n    if: needs.sync.outputs.changed == 'false' # else the pull request comes first";
    const base = pluginsOnly
        ? ['base-image: moonrailgun/tailchat # the Tailchat that the plugins are put on']
        : [];
    return `# Written by \`tailchat-plugins init\`. Check that \`uses\` names the repository that hosts the action for you.
name: Tailchat plugins

on:
  pull_request:
  push:
    branches: [${workflow_text(branch)}]

permissions:
  contents: read

concurrency:
  group: tailchat-plugins-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  check:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 2 # findings are compared with the base
${uses}
${inputs('findings: new')}${sync}
  deploy:
${when}
    runs-on: ubuntu-latest
    permissions:
      contents: read
      packages: write
    steps:
      - uses: actions/checkout@v4
      - uses: docker/setup-buildx-action@v3
${uses}
${inputs('mode: deploy', `images: ${image}`, ...base, `registry: ${registry}`, 'username: ${{ github.actor }}', 'password: ${{ secrets.GITHUB_TOKEN }}')}`;
}
/** A YAML scalar: quoted where it could be read as anything else. */
function workflow_text(value) {
    return /^[A-Za-z][\w./-]*$/.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value)
        ? value
        : JSON.stringify(value);
}

// EXTERNAL MODULE: ./.build/src/declarations/desired.js
var desired = __webpack_require__(3167);
;// CONCATENATED MODULE: ./.build/src/declarations/init.js








const header = (pluginsOnly) => ` What this repository does with its plugins today. Change a line, then run sync.
 offer: registry (in the plugin store)${pluginsOnly ? ' or' : ', builtin (everyone has it),'} hidden${pluginsOnly ? '' : ', or a list of these'}
 services: dev (for development only: not expected in production)`;
/** The flags that `init` takes. */
const FLAGS = ['declarations', 'dry-run'];
/**
 * Writes a declarations file that states what the repository does today, and a workflow; with `--dry-run` writes nothing.
 * A file that exists stays as it is.
 * @throws {UsageError} for an unknown flag, and where both exist or the first can't be written
 */
async function init(root, flags) {
    const unknown = Object.keys(flags).find((name) => !FLAGS.includes(name));
    if (unknown !== undefined)
        throw new inputs/* UsageError */.eb([`init does not take --${unknown}`]);
    const declarations = flags['declarations'] ?? inputs/* inputDefinitions */.Z$.declarations.default;
    const path = (0,external_node_path_.join)(root, declarations);
    if (!(0,files/* isInside */.FK)(root, path))
        throw new inputs/* UsageError */.eb([`${declarations} leads out of the repository`]);
    if (!(0,external_node_fs_.existsSync)((0,external_node_path_.dirname)(path)))
        throw new inputs/* UsageError */.eb([`the directory of ${declarations} does not exist`]);
    const isThere = (0,external_node_fs_.existsSync)(path);
    const workspace = await (0,read/* readWorkspace */.i)(root);
    const { pluginsOnly } = workspace;
    const workflow = await planWorkflow(root, pluginsOnly);
    if (isThere && 'reason' in workflow)
        throw new inputs/* UsageError */.eb([
            `${declarations} already exists: remove it first to start over`,
            `no workflow either: ${workflow.reason}`,
        ]);
    const planned = [
        ...(isThere ? [] : [{ top: root, file: declarations, text: renderInitialDeclarations(workspace) }]),
        ...('reason' in workflow ? [] : [workflow]),
    ];
    const isWritten = flags['dry-run'] !== 'true';
    // The workflow first: its place may be a link that leads out, and then nothing is written.
    if (isWritten)
        for (const { top, file, text } of planned.toReversed())
            (0,files/* writeFileWithin */.PZ)([(0,external_node_fs_.realpathSync)(top)], (0,external_node_path_.join)(top, file), text);
    return {
        files: planned.map(({ top, file, text }) => ({
            file: (0,external_node_path_.relative)(root, (0,external_node_path_.join)(top, file)).split(external_node_path_.sep).join('/'),
            text,
        })),
        isWritten,
        declarations,
        hidden: isThere ? [] : hiddenAtFirst(workspace),
        pluginsOnly,
        notes: notesOn(workflow, isThere ? declarations : undefined),
    };
}
function notesOn(workflow, kept) {
    return [
        ...(kept === undefined ? [] : [`${kept} already exists and stays as it is`]),
        ...('reason' in workflow
            ? [`no workflow was written: ${workflow.reason}`]
            : workflow.isGuessed
                ? ['In the workflow, check the owner of the action and the name of the image.']
                : ['In the workflow, replace OWNER with the owner of the action: no git remote names one.']),
    ];
}
/** Returns a declarations file that states what the repository does today, so that adopting it changes nothing. */
function renderInitialDeclarations(workspace) {
    const registrationOf = (0,desired/* registrationsIn */.UK)(workspace);
    const plugins = Object.fromEntries(workspace.plugins.map((plugin) => [plugin.name, entryFor(plugin, registrationOf(plugin))]));
    const document = new dist/* Document */.yo({ version: 1, plugins }, { version: '1.2' });
    document.commentBefore = header(workspace.pluginsOnly);
    for (const name of hiddenAtFirst(workspace)) {
        const offer = document.getIn(['plugins', name, 'offer'], true);
        if ((0,dist.isScalar)(offer))
            offer.comment = ' no list offers it today; registry puts it in the plugin store';
    }
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
/** Returns the plugins that those declarations hide since no list offers them, whether that is meant or forgotten. */
function hiddenAtFirst(workspace) {
    const registrationOf = (0,desired/* registrationsIn */.UK)(workspace);
    return workspace.plugins.flatMap((plugin) => offerFor(plugin, registrationOf(plugin)) === 'hidden' ? plugin.name : []);
}
function entryFor(plugin, today) {
    const offer = offerFor(plugin, today);
    const developmentOnly = plugin.services.length > 0 && plugin.services.every(({ loadedIn }) => loadedIn === 'development');
    return { ...(offer !== undefined && { offer }), ...(developmentOnly && { services: 'dev' }) };
}
/** `undefined` where no offer says exactly what holds today: then none is stated, and nothing changes. */
function offerFor(plugin, today) {
    if (!plugin.web)
        return undefined;
    const isFullstack = plugin.kind === 'fullstack';
    const listed = isFullstack ? today.install : today.registry;
    const misplaced = isFullstack ? today.registry : today.install;
    if (misplaced || (isFullstack && !listed && today.builtin !== 'no'))
        return undefined;
    if (!listed && today.builtin === 'no')
        return (0,desired/* canBeOffered */.fq)(plugin) ? 'hidden' : undefined;
    if (today.builtin === 'no')
        return 'registry';
    return listed && !isFullstack ? ['registry', 'builtin'] : 'builtin';
}


/***/ })

};
