export const id = 140;
export const ids = [140];
export const modules = {

/***/ 4014:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E0: () => (/* binding */ RETRY_DELAYS),
/* harmony export */   Q9: () => (/* binding */ REGISTRY_SECONDS),
/* harmony export */   ST: () => (/* binding */ runDocker),
/* harmony export */   cg: () => (/* binding */ builderFlag)
/* harmony export */ });
/* harmony import */ var _lib_command_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5908);
/* harmony import */ var _lib_environment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7102);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1651);



/** Half a minute in total: longer than a container registry takes to restart, and still bearable to wait for. */
const RETRY_DELAYS = [1000, 4000, 10_000, 15_000];
/** A slow one answers in a second or two; a hostile one may send a byte now and then for hours. */
const REGISTRY_SECONDS = 60;
/**
 * Runs a docker command, and retries it where a container registry failed temporarily (faults.ts). The command must be
 * safe to repeat.
 * @returns what it wrote to standard output
 * @throws {CommandError} whose message is the cause that docker names, without the command line
 */
async function runDocker(docker, args, options) {
    const { timeoutSeconds, shown, env, input, signal } = options;
    for (let tried = 0;; tried++) {
        try {
            return await (0,_lib_command_js__WEBPACK_IMPORTED_MODULE_0__/* .runCommand */ .d1)('docker', args, {
                env: { ...(0,_lib_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .dockerTokens */ .R)(), ...docker.env, ...env },
                timeoutSeconds,
                ...(input !== undefined && { input }),
                ...(signal && { signal }),
                ...(shown && { onLine: docker.onLine }),
            });
        }
        catch (error) {
            if (!(error instanceof _lib_command_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Qd))
                throw error;
            const delay = docker.retryDelays[tried];
            if (delay === undefined || signal?.aborted || !(0,_faults_js__WEBPACK_IMPORTED_MODULE_2__/* .isPassing */ .W)(error))
                throw explained(error, args, tried);
            docker.onLine(`${(0,_faults_js__WEBPACK_IMPORTED_MODULE_2__/* .causeOf */ .r)(error)}: trying again in ${delay / 1000} s`);
            await new Promise((resolve) => setTimeout(resolve, delay));
        }
    }
}
/** Returns the arguments that select the builder in a buildx command. */
function builderFlag({ builder }) {
    return builder ? ['--builder', builder] : [];
}
/** Returns the failure with its cause first, and with the command, free of secrets, above the last lines. */
function explained(error, args, retries) {
    const flag = args.findIndex((arg) => arg.startsWith('-') || arg.includes(':'));
    const name = ['docker', ...args.slice(0, flag === -1 ? undefined : flag)].join(' ');
    const cause = (0,_faults_js__WEBPACK_IMPORTED_MODULE_2__/* .causeOf */ .r)(error) + (retries > 0 ? ` (tried ${retries + 1} times)` : '');
    const lines = [`$ ${['docker', ...withoutSecrets(args)].join(' ')}`, ...error.lastLines];
    return new _lib_command_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Qd({ command: name, exitCode: error.exitCode, lastLines: lines, outcome: cause });
}
/** Flags whose values may hold a password or a key. */
const PRIVATE_FLAGS = ['--build-arg', '--cache-from', '--cache-to'];
/** Returns the arguments with the values of private ones left out. */
function withoutSecrets(args) {
    return args.map((arg, index) => {
        if (!PRIVATE_FLAGS.includes(args[index - 1] ?? ''))
            return arg;
        return arg.includes('=') ? `${arg.slice(0, arg.indexOf('='))}=…` : arg;
    });
}


/***/ }),

/***/ 1651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ isPassing),
/* harmony export */   r: () => (/* binding */ causeOf)
/* harmony export */ });
/**
 * Returns the cause that docker names: its last line marked as an error, or else its last line.
 * @returns one line, never empty
 */
function causeOf(error) {
    const lines = error.lastLines.map((line) => line.trim()).filter((line) => line !== '');
    const named = lines.findLast((line) => /^(?:ERROR|error|docker|Error response from daemon): ?/.test(line));
    const cause = (named ?? lines.at(-1) ?? '').replace(/^(?:ERROR|error|docker): ?/, '');
    // A command that was ended or never started gives no cause itself.
    if (cause === '' || error.exitCode === undefined)
        return error.outcome;
    return cause;
}
/**
 * Failures of a container registry that is overloaded or restarting, and of the network: another try may succeed.
 * Everything else (no access, no such image, a refused name) fails again however often it is tried.
 */
const PASSING = [
    /\b(?:429 Too Many Requests|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Time-?out)\b/i,
    /\btoomanyrequests\b/i,
    /\b(?:status|status code)\b\D{0,80}\b(?:429|500|502|503|504)\b/i,
    /\bconnection reset by peer\b|\bbroken pipe\b|\bEOF\b|\bi\/o timeout\b|\bTLS handshake timeout\b/,
    /\bhttp2: client connection lost\b|\bserver sent GOAWAY\b|\bserver closed idle connection\b/,
    // A token that expired in the meantime: the next try asks for a new one.
    /\binvalid_token\b|\btoken (?:has |is )?expired\b/i,
];
/** Tells whether a docker command may succeed if tried again; a command that failed inside a build will not. */
function isPassing(error) {
    if (error.exitCode === undefined)
        return false;
    const cause = causeOf(error);
    if (/did not complete successfully: exit code/.test(cause))
        return false;
    return PASSING.some((pattern) => pattern.test(cause));
}


/***/ }),

/***/ 1125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ withLogin),
/* harmony export */   e: () => (/* binding */ hasLogin)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6916);
/* harmony import */ var _lib_temporary_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4248);
/* harmony import */ var _docker_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4014);






const LOGIN_SECONDS = 60;
/**
 * Runs `work` with the logins in a temporary Docker configuration directory, and removes that afterwards: they are
 * forgotten, and the user's own configuration is never written to. Without any, docker runs with the user's
 * configuration.
 * @param onDirectory receives the directory before the login is written, so that it can be removed if this process is
 *   killed
 */
async function withLogin(docker, { logins, onDirectory }, work) {
    if (logins.length === 0)
        return work(docker);
    const users = directoryOfUser();
    return (0,_lib_temporary_js__WEBPACK_IMPORTED_MODULE_4__/* .withTemporaryDirectory */ .n)(async (directory) => {
        onDirectory(directory);
        // docker looks up plugins such as buildx, contexts and builders there as well: they remain the user's.
        for (const name of ['cli-plugins', 'contexts', 'buildx'])
            if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(users, name)))
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.symlinkSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(users, name), (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, name));
        const config = configForLogins(readConfig((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(users, 'config.json')), logins);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, 'config.json'), JSON.stringify(config), { mode: 0o600 });
        const own = { ...docker, env: { ...docker.env, DOCKER_CONFIG: directory } };
        for (const { registry, username, password } of logins) {
            const host = registry ? [registry] : [];
            await (0,_docker_js__WEBPACK_IMPORTED_MODULE_5__/* .runDocker */ .ST)(own, ['login', '--username', username, '--password-stdin', ...host], {
                input: password,
                timeoutSeconds: LOGIN_SECONDS,
            });
        }
        return work(own);
    });
}
/**
 * Returns the user's configuration, changed so that the logins are kept in the file itself: a credential
 * store of the machine would remember them after this run. Logins to other container registries remain usable.
 */
function configForLogins(config, logins) {
    const helpers = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asObject */ .eB)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_3__/* .ownValue */ .eC)(config, 'credHelpers')) ?? {};
    const own = logins.map(({ registry }) => [keyOf(registry), '']);
    return { ...config, credHelpers: { ...helpers, ...Object.fromEntries(own) } };
}
/** The names of Docker Hub, and the key under which the docker client keeps a login to it. */
const DOCKER_HUB_NAMES = ['', 'docker.io', 'index.docker.io', 'registry-1.docker.io'];
const DOCKER_HUB = 'https://index.docker.io/v1/';
function keyOf(registry) {
    return DOCKER_HUB_NAMES.includes(registry) ? DOCKER_HUB : registry;
}
/**
 * Tells whether the user's Docker configuration has a login to a container registry. What a credential store has can't be
 * told without running it, so a store counts as a login.
 * @param registry its host; empty: Docker Hub
 * @throws when the configuration can't be read
 */
function hasLogin(registry) {
    const config = readConfig((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directoryOfUser(), 'config.json'));
    const keys = DOCKER_HUB_NAMES.includes(registry) ? [DOCKER_HUB, ...DOCKER_HUB_NAMES] : [registry];
    const knows = (field) => keys.some((key) => (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_3__/* .ownValue */ .eC)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_3__/* .ownValue */ .eC)(config, field), key));
    return knows('auths') || knows('credHelpers') || (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_3__/* .ownValue */ .eC)(config, 'credsStore') !== undefined;
}
function directoryOfUser() {
    return process.env['DOCKER_CONFIG'] ?? (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)(), '.docker');
}
function readConfig(path) {
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path))
        return {};
    const config = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asObject */ .eB)(JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8')));
    if (!config)
        throw new Error(`${path} is not a JSON object`);
    return config;
}


/***/ }),

/***/ 6009:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ho: () => (/* binding */ pointTag),
/* harmony export */   Lr: () => (/* binding */ labelsOfConfig),
/* harmony export */   MP: () => (/* binding */ pointTagCommand),
/* harmony export */   PC: () => (/* binding */ labelsOf),
/* harmony export */   W1: () => (/* binding */ configOf),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var _lib_command_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5908);
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6916);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1651);
/* harmony import */ var _docker_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4014);
/* harmony import */ var _formats_image_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6137);





/**
 * Returns the digest that a container registry has for a reference; `undefined` when it has no such tag or digest.
 * @throws {CommandError} when the container registry can't be asked
 */
async function digestOf(docker, reference) {
    const manifest = await inspect(docker, reference, '{{json .Manifest}}');
    return manifest === undefined ? undefined : (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(manifest, 'digest');
}
/** Returns the labels of an image in its container registry (of its first platform); `undefined` without the image. */
async function labelsOf(docker, reference) {
    const config = await configOf(docker, reference);
    return config === undefined ? undefined : labelsOfConfig(config);
}
/** Returns the configuration of an image in its container registry (of its first platform); `undefined` without it. */
async function configOf(docker, reference) {
    const image = await inspect(docker, reference, '{{json .Image}}');
    if (image === undefined)
        return undefined;
    // Either the configuration of the only platform, or an object with one for each.
    const configurations = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(image, 'config') ? [image] : Object.values((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)(image) ?? {});
    const configs = configurations.map((each) => (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(each, 'config'));
    return configs.find((each) => (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(each, 'Labels')) ?? configs[0] ?? {};
}
/** Returns the labels in the configuration of an image. */
function labelsOfConfig(config) {
    const labels = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(config, 'Labels')) ?? {};
    return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}
/**
 * Points a tag at an image that the same repository of the container registry already has, by its digest. Only the
 * manifest is pushed, unchanged, so the digest stays the same; but buildx before 0.15 wraps a single manifest into an
 * index, which has another digest.
 */
async function pointTag(docker, reference, digest) {
    const command = await pointTagCommand(docker);
    await (0,_docker_js__WEBPACK_IMPORTED_MODULE_2__/* .runDocker */ .ST)(docker, command(reference, digest), { timeoutSeconds: docker.registrySeconds });
}
/** Returns the docker arguments for pointTag that the installed buildx understands. */
async function pointTagCommand(docker) {
    const create = ['buildx', 'imagetools', 'create'];
    const help = await (0,_docker_js__WEBPACK_IMPORTED_MODULE_2__/* .runDocker */ .ST)(docker, [...create, '--help'], { timeoutSeconds: docker.registrySeconds });
    const asItIs = help.includes('--prefer-index') ? ['--prefer-index=false'] : [];
    return (reference, digest) => [
        ...create,
        ...(0,_docker_js__WEBPACK_IMPORTED_MODULE_2__/* .builderFlag */ .cg)(docker),
        ...asItIs,
        '--tag',
        reference,
        `${(0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(reference)}@${digest}`,
    ];
}
async function inspect(docker, reference, format) {
    try {
        const args = ['buildx', 'imagetools', 'inspect', ...(0,_docker_js__WEBPACK_IMPORTED_MODULE_2__/* .builderFlag */ .cg)(docker), reference, '--format', format];
        const text = await (0,_docker_js__WEBPACK_IMPORTED_MODULE_2__/* .runDocker */ .ST)(docker, args, { timeoutSeconds: docker.registrySeconds });
        return JSON.parse(text);
    }
    catch (error) {
        if (error instanceof _lib_command_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Qd && isMissing(error))
            return undefined;
        throw error;
    }
}
/** Tells whether the tag or the repository does not exist: the container registry answers 404 for both. */
function isMissing(error) {
    return /: not found$|\bmanifest unknown\b|\bname unknown\b|\bNAME_UNKNOWN\b/i.test((0,_faults_js__WEBPACK_IMPORTED_MODULE_4__/* .causeOf */ .r)(error));
}


/***/ }),

/***/ 4249:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ findChrome),
/* harmony export */   i: () => (/* binding */ NoChromeError)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** No browser to evaluate with, or nothing to evaluate; not the fault of a plugin. */
class NoChromeError extends Error {
}
/** Names under which a Chrome is installed, the most likely one to start first. */
const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
const ON_MACOS = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
/**
 * Returns the path of a Chrome or Chromium: what CHROME_PATH names, else CHROME_BIN, else the first on the PATH.
 * @throws {NoChromeError} with what to do
 */
function findChrome(env) {
    for (const name of ['CHROME_PATH', 'CHROME_BIN']) {
        const path = env[name];
        if (path === undefined || path === '')
            continue;
        if (isExecutable(path))
            return path;
        throw new NoChromeError(`${name} is ${path}, which is no program that can be started`);
    }
    const directories = (env['PATH'] ?? '').split(node_path__WEBPACK_IMPORTED_MODULE_1__.delimiter).filter(node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute);
    const found = [...NAMES.flatMap((name) => directories.map((directory) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, name))), ON_MACOS];
    const path = found.find(isExecutable);
    if (path !== undefined)
        return path;
    throw new NoChromeError(`none of ${NAMES.join(', ')} is on the PATH, and CHROME_PATH is not set`);
}
function isExecutable(path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 7140:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   examineSurroundings: () => (/* binding */ examineSurroundings)
/* harmony export */ });
/* harmony import */ var _docker_docker_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4014);
/* harmony import */ var _docker_login_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1125);
/* harmony import */ var _formats_image_reference_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(6137);
/* harmony import */ var _docker_registry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6009);
/* harmony import */ var _lib_command_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5908);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(1067);
/* harmony import */ var _proof_browser_find_chrome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4249);
/* harmony import */ var _publish_client_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9348);
/* harmony import */ var _publish_destination_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5559);
/* harmony import */ var _workspace_read_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4320);
/* harmony import */ var _workspace_whereabouts_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8464);











/** A program answers at once; an engine or a container registry that can be reached answers within this. */
const SECONDS = 10;
/** The oldest Node.js that the command runs on (package.json, `engines`). */
const OLDEST_NODE = 20;
/**
 * Looks at everything that a run with these inputs needs, before minutes are spent. Nothing is written but a login, which
 * is forgotten at once.
 * @param root absolute path of the repository
 * @returns what was found, in the order in which a run needs it
 */
async function examineSurroundings(inputs, { root, event, env }) {
    const workspace = await (0,_workspace_read_js__WEBPACK_IMPORTED_MODULE_7__/* .readWorkspace */ .i)(root, inputs.image);
    const docker = {
        env: {},
        onLine: () => undefined,
        builder: inputs.image.builder,
        retryDelays: [],
        registrySeconds: SECONDS,
        onContainer: () => undefined,
    };
    const [git, pnpmNeed, inContainers, ofToken] = await Promise.all([
        program('git', ['--version'], 'install git: what changed, and what is a fork’s, is read from it'),
        pnpm(workspace),
        containers(docker, inputs, workspace),
        token(inputs, event),
    ]);
    return [
        ...node(),
        ...git,
        ...repository(workspace, inputs.path),
        ...pnpmNeed,
        ...inContainers,
        ...chrome(inputs, env),
        ...ofToken,
    ];
}
function node() {
    const { node: version } = process.versions;
    const isNew = Number.parseInt(version) >= OLDEST_NODE;
    return [
        {
            name: 'Node.js',
            state: isNew ? 'ok' : 'problem',
            found: version,
            ...(!isNew && { fix: `install Node.js ${OLDEST_NODE} or newer` }),
        },
    ];
}
async function program(name, args, fix) {
    try {
        const found = await (0,_lib_command_js__WEBPACK_IMPORTED_MODULE_3__/* .runCommand */ .d1)(name, args, { timeoutSeconds: SECONDS });
        return [{ name, state: 'ok', found: firstLine(found) }];
    }
    catch (error) {
        return [{ name, state: 'problem', found: (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_9__/* .messageOf */ .bD)(error), fix }];
    }
}
function repository(workspace, path) {
    const { root, plugins, missingSubmodules, pluginsOnly } = workspace;
    const hasPlugins = plugins.length + missingSubmodules.length > 0;
    const reason = (0,_workspace_whereabouts_js__WEBPACK_IMPORTED_MODULE_8__/* .whyNotHere */ .uQ)(root, { path, hasPlugins });
    if (reason !== undefined)
        return [{ name: 'repository', state: 'problem', found: reason }];
    const what = pluginsOnly ? 'a repository of plugins' : 'a Tailchat repository';
    return [{ name: 'repository', state: 'ok', found: `${what} with ${plugins.length} plugins` }];
}
/** pnpm is only run where there is a lockfile; npm or corepack gets it. */
async function pnpm({ installation }) {
    if (!installation.lockfile)
        return [];
    for (const name of ['npm', 'corepack'])
        try {
            const version = await (0,_lib_command_js__WEBPACK_IMPORTED_MODULE_3__/* .runCommand */ .d1)(name, ['--version'], { timeoutSeconds: SECONDS });
            return [{ name: 'pnpm', state: 'ok', found: `${name} ${firstLine(version)} runs it` }];
        }
        catch {
            // The next one.
        }
    return [
        {
            name: 'pnpm',
            state: 'note',
            found: 'neither npm nor corepack can be run',
            fix: 'install npm if sync should enter dependencies in pnpm-lock.yaml',
        },
    ];
}
/** The engine, buildx, the logins and the base image: each needs the one before. */
async function containers(docker, inputs, workspace) {
    const engine = await tryTo('docker', async () => {
        const args = ['version', '--format', '{{.Server.Version}}'];
        return `engine ${await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_0__/* .runDocker */ .ST)(docker, args, { timeoutSeconds: SECONDS })}`;
    });
    if (engine.state === 'problem') {
        engine.fix = fixForEngine(engine.found);
        const found = 'not looked at: it needs docker';
        return [engine, ...['buildx', 'login', 'base image'].map((name) => skipped(name, found))];
    }
    const buildx = await tryTo('buildx', async () => {
        const args = ['buildx', 'inspect', ...(inputs.image.builder ? [inputs.image.builder] : [])];
        const told = await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_0__/* .runDocker */ .ST)(docker, args, { timeoutSeconds: SECONDS });
        const failure = /^Error:(.+)$/m.exec(told)?.[1];
        if (failure !== undefined)
            throw new Error(failure.trim());
        const valueOf = (name) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(told)?.[1] ?? 'unknown';
        return `builder ${valueOf('Name')}, driver ${valueOf('Driver')}, buildkit ${valueOf('BuildKit version')}`;
    });
    if (buildx.state === 'problem') {
        buildx.fix = inputs.image.builder
            ? '`docker buildx ls` shows the builders there are'
            : 'install the docker plugin buildx, or use docker/setup-buildx-action before this step';
        return [engine, buildx, skipped('login', NEEDS_BUILDX), skipped('base image', NEEDS_BUILDX)];
    }
    return [engine, buildx, ...(await logins(docker, inputs)), await baseImage(docker, inputs, workspace)];
}
const NEEDS_BUILDX = 'not looked at: it needs buildx';
function fixForEngine(found) {
    if (/not installed/.test(found))
        return 'install docker; commands that need no image work without it';
    if (/permission denied/i.test(found))
        return 'let this user use the engine (group docker), or run it without root';
    return 'start the engine, or set DOCKER_HOST to where it is';
}
async function tryLogin(docker, login) {
    const host = login.registry || 'Docker Hub';
    const tried = await tryTo('login', () => (0,_docker_login_js__WEBPACK_IMPORTED_MODULE_1__/* .withLogin */ .E)(docker, { logins: [login], onDirectory: () => undefined }, () => Promise.resolve(`${host} accepts it, as ${login.username}`)));
    return { ...tried, ...(tried.state === 'problem' && { fix: `check the user and password for ${host}` }) };
}
/** Logs in where the inputs have logins; otherwise looks for one that docker has kept for each image. */
async function logins(docker, { image: { names, logins } }) {
    if (logins.length > 0) {
        const tried = [];
        for (const login of logins)
            tried.push(await tryLogin(docker, login));
        return tried;
    }
    const hosts = [...new Set(names.map(_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_10__/* .hostOf */ .w4))];
    if (hosts.length === 0)
        return [skipped('login', 'no image is named: give --images')];
    return Promise.all(hosts.map(keptLogin));
}
async function keptLogin(host) {
    const registry = host || 'Docker Hub';
    if (isLocal(host))
        return skipped('login', `${registry} is on this machine, and usually needs none`);
    const kept = await tryTo('login', () => {
        if (!(0,_docker_login_js__WEBPACK_IMPORTED_MODULE_1__/* .hasLogin */ .e)(host))
            throw new Error(`docker has none for ${registry}`);
        return `docker has one for ${registry}; only a push shows whether it may push`;
    });
    if (kept.state === 'ok')
        return kept;
    const command = ['docker login', host].join(' ').trim();
    return {
        ...kept,
        fix: `run \`${command}\`, or give the login to this run (registry, username, password)`,
    };
}
function isLocal(host) {
    return /^(?:localhost|127\.\d+\.\d+\.\d+)(?::|$)/.test(host);
}
/** The image that the plugins go on, or else the one that the Dockerfile begins with. */
async function baseImage(docker, { image }, workspace) {
    const reference = image.baseImage || workspace.runtime.base?.image;
    if (reference === undefined || /\$/.test(reference)) {
        const isNeeded = workspace.pluginsOnly;
        return {
            name: 'base image',
            state: isNeeded ? 'note' : 'skipped',
            found: 'none is named',
            ...(isNeeded && {
                fix: 'give --base-image: a repository of plugins is deployed on an image of Tailchat',
            }),
        };
    }
    const found = await tryTo('base image', async () => {
        const inEngine = await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_0__/* .runDocker */ .ST)(docker, ['image', 'inspect', '--format', '{{.Id}}', reference], {
            timeoutSeconds: SECONDS,
        }).catch(() => undefined);
        if (inEngine !== undefined)
            return `${reference} is in the engine`;
        const digest = await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(docker, reference);
        if (digest === undefined)
            throw new Error(`there is no ${reference}`);
        return `${reference} can be pulled`;
    });
    if (found.state === 'ok')
        return found;
    return {
        ...found,
        fix: `check its name, and whether ${(0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_10__/* .hostOf */ .w4)(reference) || 'Docker Hub'} can be reached from here`,
    };
}
function chrome({ browser }, env) {
    if (browser === 'off')
        return [];
    try {
        return [{ name: 'Chrome', state: 'ok', found: (0,_proof_browser_find_chrome_js__WEBPACK_IMPORTED_MODULE_4__/* .findChrome */ .a)(env) }];
    }
    catch (error) {
        const state = browser === 'require' ? 'problem' : 'note';
        const fix = 'install Chrome or Chromium, or set CHROME_PATH: without one no front end is evaluated';
        return [{ name: 'Chrome', state, found: (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_9__/* .messageOf */ .bD)(error), fix }];
    }
}
/** Asks GitHub what the token may do, as far as it tells: reading a repository shows who may write its contents. */
async function token({ publish }, event) {
    const name = 'GitHub token';
    if (event.repository === '')
        return publish.token === '' ? [] : [skipped(name, 'no repository to ask for: set GITHUB_REPOSITORY')];
    if (publish.token === '')
        return [
            {
                name,
                state: publish.commit === 'none' && !publish.comment ? 'note' : 'problem',
                found: 'GITHUB_TOKEN is not set',
                fix: 'pass it to this step: `env: { GITHUB_TOKEN: ${{ github.token }} }`',
            },
        ];
    const [owner = '', repo = ''] = event.repository.split('/');
    let canWrite;
    const asked = await tryTo(name, async () => {
        const api = { ...(0,_publish_destination_js__WEBPACK_IMPORTED_MODULE_6__/* .apiOf */ .ir)(event, event.repositoryUrl), token: publish.token, timeLimitSeconds: SECONDS };
        const purpose = { what: `reading ${event.repository}`, needs: 'contents: read' };
        const { permissions } = await (0,_publish_client_js__WEBPACK_IMPORTED_MODULE_5__/* .ask */ .kA)(api, purpose, ({ rest }) => rest.repos.get({ owner, repo }));
        canWrite = permissions?.push;
        const may = canWrite === undefined ? 'may read' : canWrite ? 'may read and write' : 'may read, not write';
        return `${may} ${event.repository}; other permissions only show when it is used`;
    });
    if (asked.state === 'problem')
        return [{ ...asked, fix: 'see the permissions of the job' }];
    if (canWrite !== false || publish.commit === 'none')
        return [asked];
    return [{ ...asked, state: 'problem', fix: 'give the job the permission `contents: write`' }];
}
function skipped(name, found) {
    return { name, state: 'skipped', found };
}
async function tryTo(name, work) {
    try {
        return { name, state: 'ok', found: firstLine(await work()) };
    }
    catch (error) {
        return { name, state: 'problem', found: firstLine((0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_9__/* .messageOf */ .bD)(error)) };
    }
}
function firstLine(text) {
    return text.trim().split('\n', 1)[0] ?? '';
}


/***/ })

};
