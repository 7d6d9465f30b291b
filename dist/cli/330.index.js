export const id = 330;
export const ids = [330,564];
export const modules = {

/***/ 4539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bn: () => (/* binding */ copyFiles),
/* harmony export */   UN: () => (/* binding */ putFile),
/* harmony export */   Ub: () => (/* binding */ withContainer),
/* harmony export */   n1: () => (/* binding */ copyFromImage)
/* harmony export */ });
/* unused harmony export removeLeft */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3024);
/* harmony import */ var _lib_environment_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7102);
/* harmony import */ var _lib_interrupt_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1404);
/* harmony import */ var _docker_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4014);






const ENGINE_SECONDS = 10 * 60;
const CLEANUP_SECONDS = 60;
/**
 * Creates a container, calls `work` with its name, and removes it afterwards. The engine may be on another machine and
 * see none of this one's files, so nothing is mounted: files are copied in and out.
 * @param purpose one word, part of the container's name
 * @param create arguments for `docker create`: flags, the image, and the command
 * @throws {CommandError} when the image can't be pulled or the container can't be created
 */
async function withContainer(docker, { purpose, create }, work) {
    const options = { timeoutSeconds: ENGINE_SECONDS };
    const container = `tailchat-plugins-${purpose}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.randomUUID)()}`;
    docker.onContainer(container);
    const forget = (0,_lib_interrupt_js__WEBPACK_IMPORTED_MODULE_3__/* .onInterrupt */ .n)(() => {
        removeLeft(container, docker.env);
        return `the container of the ${purpose} was removed`;
    });
    try {
        await (0,_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['create', `--name=${container}`, ...create], options);
        return await work(container);
    }
    finally {
        forget();
        await (0,_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, removalOf(container), options).catch(() => undefined);
    }
}
function removalOf(container) {
    return ['rm', '--force', '--volumes', container];
}
/** Removes a container that this process, which is told to end, or another one leaves behind. */
function removeLeft(container, env = {}) {
    (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawnSync)('docker', removalOf(container), {
        env: (0,_lib_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .childEnvironment */ .Q)(env),
        stdio: 'ignore',
        timeout: CLEANUP_SECONDS * 1000,
    });
}
/**
 * Copies files between this machine and a container, of which one is `container:path`; the container need not run.
 * Symbolic links are copied as links: readers of the copy must not follow them.
 * @throws {CommandError} when there are no such files
 */
async function copyFiles(docker, from, to) {
    await (0,_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['cp', from, to], { timeoutSeconds: ENGINE_SECONDS });
}
/**
 * Puts a file of this machine into a container, with its permission bits, and creates the directories above it that are
 * missing, which `docker cp` alone does not.
 * @param target absolute path in the container
 * @throws {CommandError} when it can't be copied
 */
async function putFile(docker, { source, container, target }) {
    const { packTar } = await __webpack_require__.e(/* import() */ 942).then(__webpack_require__.bind(__webpack_require__, 1942));
    const body = (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.readFileSync)(source);
    const mode = (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.statSync)(source).mode & 0o7777;
    const name = target.replace(/^\/+/, '');
    const archive = await packTar([{ header: { name, mode, size: body.length, type: 'file' }, body }]);
    const options = { input: Buffer.from(archive), timeoutSeconds: ENGINE_SECONDS };
    await (0,_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['cp', '-', `${container}:/`], options);
}
/**
 * Copies a directory out of an image without starting it, as {@link copyFiles} does.
 * @param target the directory to create and fill
 * @throws {CommandError} when the image can't be pulled, or has no such directory
 */
async function copyFromImage(docker, { reference, path, target }) {
    // docker asks for a command; it is never run.
    const create = ['--network=none', reference, 'true'];
    await withContainer(docker, { purpose: 'copy', create }, (container) => copyFiles(docker, `${container}:${path}`, target));
}


/***/ }),

/***/ 9564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rQ: () => (/* binding */ bootStack),
  pullStack: () => (/* binding */ pullStack),
  bA: () => (/* binding */ readStack)
});

// UNUSED EXPORTS: takeDownLeft

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./.build/src/lib/command.js + 1 modules
var command = __webpack_require__(5908);
// EXTERNAL MODULE: ./.build/src/image/build.js
var image_build = __webpack_require__(7309);
// EXTERNAL MODULE: ./.build/src/docker/copy.js
var copy = __webpack_require__(4539);
// EXTERNAL MODULE: ./.build/src/lib/environment.js
var environment = __webpack_require__(7102);
// EXTERNAL MODULE: ./.build/src/lib/interrupt.js
var interrupt = __webpack_require__(1404);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __webpack_require__(5312);
// EXTERNAL MODULE: ./.build/src/tailchat/gateway.js
var tailchat_gateway = __webpack_require__(6922);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(8816);
// EXTERNAL MODULE: ./.build/src/workspace/container.js
var container = __webpack_require__(3082);
;// CONCATENATED MODULE: ./.build/src/proof/boot-output.js



// The output of docker, and of ask.cjs inside a container: each text is checked before it is used.
const replies = schemas/* array */.YOg(schemas/* union */.KCZ([
    schemas/* object */.Ikc({ path: schemas/* string */.YjP(), error: schemas/* string */.YjP() }),
    schemas/* object */.Ikc({
        path: schemas/* string */.YjP(),
        status: schemas/* number */.aig(),
        type: schemas/* string */.YjP(),
        defines: schemas/* string */.YjP().optional(),
        text: schemas/* string */.YjP().optional(),
    }),
]));
/**
 * Reads the output of src/proof/ask.cjs. It ran in a container, which may write anything: a path without a readable
 * answer is unanswered.
 * @param paths those that were asked for
 */
function readAnswers(text, paths) {
    const found = replies.safeParse((0,tailchat_gateway/* jsonOf */.o_)({ text })).data ?? [];
    const asked = { answers: [], unanswered: [] };
    for (const path of paths) {
        const reply = found.find((each) => each.path === path);
        if (reply && 'status' in reply)
            asked.answers.push(reply);
        else
            asked.unanswered.push({ path, reason: reply?.error ?? 'its container did not write the answer' });
    }
    return asked;
}
const health = schemas/* object */.Ikc({ services: schemas/* array */.YOg(schemas/* string */.YjP()) });
/** The services that an answer of /health lists, sorted; `undefined` when it is none. */
function listedServices(answer) {
    const found = answer.status === 200 ? health.safeParse((0,tailchat_gateway/* jsonOf */.o_)(answer)).data : undefined;
    return found && [...found.services].sort();
}
const words = schemas/* array */.YOg(schemas/* string */.YjP()).nullish();
const containers = schemas/* array */.YOg(schemas/* object */.Ikc({
    Id: schemas/* string */.YjP(),
    RestartCount: schemas/* number */.aig(),
    State: schemas/* object */.Ikc({ Status: schemas/* string */.YjP(), ExitCode: schemas/* number */.aig() }),
    Config: schemas/* object */.Ikc({
        Env: words,
        Cmd: words,
        Entrypoint: words,
        Labels: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()),
    }),
}));
const boot_output_images = schemas/* array */.YOg(schemas/* object */.Ikc({ Config: schemas/* object */.Ikc({ Cmd: words, Entrypoint: words }).nullish() }));
/** Reads what `docker image inspect` wrote of one image. */
function readImageProgram(text) {
    const config = boot_output_images.parse(JSON.parse(text))[0]?.Config;
    return { command: config?.Cmd ?? [], entrypoint: config?.Entrypoint ?? [] };
}
/**
 * Reads what `docker inspect` wrote of the containers of a stack, sorted by their services.
 * @param application names of the services that have the built image
 */
function readContainers(text, application, image) {
    const found = containers.parse(JSON.parse(text)).map(({ Id, RestartCount, State, Config }) => {
        const service = Config.Labels['com.docker.compose.service'] ?? '';
        const environment = new Map((Config.Env ?? []).map((line) => {
            const at = line.indexOf('=');
            return [line.slice(0, at), line.slice(at + 1)];
        }));
        const own = (words, images) => (JSON.stringify(words ?? []) === JSON.stringify(images) ? [] : (words ?? []));
        return {
            id: Id,
            service,
            isApplication: application.includes(service),
            state: State.Status,
            exitCode: State.ExitCode,
            restarts: RestartCount,
            settings: {
                runs: (0,container/* programOf */.oQ)([...own(Config.Entrypoint, image.entrypoint), ...own(Config.Cmd, image.command)]),
                serviceDir: settingOf(environment.get('SERVICEDIR')),
                services: settingOf(environment.get('SERVICES')),
            },
            bus: JSON.stringify([environment.get('TRANSPORTER'), environment.get('NAMESPACE')]),
            secrets: secretsOf(environment),
        };
    });
    return found.sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : 0));
}
function settingOf(value) {
    return value === undefined ? { is: 'unset' } : { is: 'known', value };
}
/** Shorter values would blacken every other word of a log. */
const SHORTEST_SECRET = 4;
function secretsOf(environment) {
    const named = [...environment]
        .filter(([name]) => /PASS|SECRET|TOKEN|KEY|CREDENTIAL/i.test(name))
        .map(([, value]) => value);
    const inUrls = [...environment.values()].flatMap((value) => /^[\w+.-]+:\/\/[^/@\s:]*:([^/@\s]+)@/.exec(value)?.[1] ?? []);
    return [...named, ...inUrls].filter(({ length }) => length >= SHORTEST_SECRET);
}

// EXTERNAL MODULE: ./.build/src/proof/containers.js
var proof_containers = __webpack_require__(6968);
// EXTERNAL MODULE: ./.build/src/proof/stack.js
var proof_stack = __webpack_require__(698);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
;// CONCATENATED MODULE: ./.build/src/proof/boot-stack.js


















const COMPOSE_SECONDS = 60;
/** For the other images that the stack builds. */
const BUILD_SECONDS = 60 * 60;
const DOWN_SECONDS = 2 * 60;
const ENGINE_SECONDS = 60;
/** To start Node.js in a container that is busy starting a server. */
const ASK_SECONDS = 40;
/** The time of ask.cjs for one path: ten seconds on each of two ports. */
const PATH_SECONDS = 2 * 10;
const POLL_MILLISECONDS = 1000;
const LOG_LINES = 40;
/** The directory of the files next to this one, in the sources and in the bundle's directory. */
const here = (0,external_node_path_.dirname)((0,external_node_url_.fileURLToPath)(import.meta.url));
const stockStack = (0,external_node_path_.join)(here, 'stock-stack.yml');
const askScript = (0,external_node_path_.join)(here, 'ask.cjs');
/**
 * Reads a compose stack with everything filled in: variables, env files, included files.
 * @param root absolute path of the repository
 * @param composeFile relative to it; empty: the stack that comes with this action
 * @throws when there is no such file or compose rejects it, with what to do
 */
async function readStack(docker, root, composeFile) {
    if (composeFile !== '') {
        const result = (0,files/* readRepositoryFile */.tz)(root, composeFile);
        if ('missing' in result)
            throw new Error(`boot-compose-file: ${composeFile} does not exist`);
        if ('reason' in result)
            throw new Error(`boot-compose-file: ${composeFile} ${result.reason}`);
    }
    const file = composeFile === '' ? stockStack : (0,external_node_path_.join)(root, composeFile);
    try {
        const args = ['--project-name', 'boot', '--file', file, 'config', '--format', 'json'];
        const text = await (0,command/* runCommand */.d1)('docker', ['compose', ...args], {
            cwd: root,
            env: docker.env,
            timeoutSeconds: COMPOSE_SECONDS,
        });
        return (0,proof_stack/* readStackModel */.sR)(text);
    }
    catch (error) {
        if (!(error instanceof command/* CommandError */.Qd))
            throw error;
        throw new Error(explained(error, composeFile), { cause: error });
    }
}
function explained({ lastLines, outcome }, composeFile) {
    const text = lastLines.join('\n');
    const envFile = /env file (\S+) not found/.exec(text)?.[1];
    if (envFile !== undefined)
        return `the stack of ${composeFile} needs the env file ${envFile}, which does not exist: commit it, or write it in an earlier step`;
    if (/is not a docker command|unknown (shorthand )?flag/.test(text))
        return 'verify: boot needs Docker Compose 2 (the command docker compose)';
    return `docker compose rejects ${composeFile || 'the stack of this action'}: ${lastLines.at(-1) ?? outcome}`;
}
/**
 * Brings a stack up, asks it, and always takes it down again, volumes included.
 * @throws {CommandError} when its images can't be pulled or built
 */
async function bootStack(docker, request) {
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        const throwAway = (0,proof_stack/* throwAwayStack */.dD)(request.model, request);
        const stack = {
            docker,
            project: `tailchat-plugins-${(0,external_node_crypto_.randomUUID)()}`,
            file: (0,external_node_path_.join)(directory, 'compose.json'),
        };
        // It holds the secrets of the env files, so only this user may read it.
        (0,external_node_fs_.writeFileSync)(stack.file, JSON.stringify(throwAway.model), { mode: 0o600 });
        const notes = [
            ...throwAway.withoutMounts.map((mount) => `The stack ran without the mount ${mount}: it sees only the repository's files of this machine.`),
            ...throwAway.madeWritable.map((service) => `The stack ran without read_only of ${service}: its files of the repository are copied into it.`),
        ];
        request.onStack(stack.project);
        const forget = (0,interrupt/* onInterrupt */.n)(() => {
            takeDownNow(stack);
            return `the stack ${stack.project} was taken down`;
        });
        try {
            return { ...(await bringUp(stack, request, throwAway.copies)), notes };
        }
        finally {
            await takeDown(stack).catch((error) => {
                const message = (0,wording/* messageOf */.bD)(error);
                notes.push(`The stack ${stack.project} could not be taken down: ${message}. Remove what is left of it.`);
            });
            forget();
        }
    });
}
/**
 * Pulls the images of a stack that the engine lacks; `compose up` pulls too, but does not try again when a container
 * registry fails for a moment.
 * @param signal ends it
 * @throws when one can't be pulled, with what to do
 */
async function pullStack(docker, { model, application, isStock }, signal) {
    for (const [name, { image, build }] of Object.entries(model.services)) {
        if (application.includes(name) || build || image === undefined || (await hasImage(docker, image)))
            continue;
        try {
            await (0,image_build/* pullImage */.ZP)(docker, image, signal);
        }
        catch (error) {
            const advice = isStock
                ? `the environment variable BOOT_${name.toUpperCase()}_IMAGE of the step names another one`
                : 'pull or load it in an earlier step, or name another one in the compose file';
            throw new Error(`the image ${image} of the stack's service ${name} can't be pulled (${(0,wording/* messageOf */.bD)(error)}): ${advice}`, { cause: error });
        }
    }
}
async function bringUp(stack, request, copies) {
    const { docker } = stack;
    const compose = (...args) => composeArgs(stack, ...args);
    const others = Object.entries(request.model.services).filter(([name]) => !request.application.includes(name));
    await pullStack(docker, request);
    if (others.some(([, { build }]) => build))
        await (0,command/* runCommand */.d1)('docker', compose('build'), {
            env: docker.env,
            timeoutSeconds: BUILD_SECONDS,
            onLine: docker.onLine,
        });
    const run = (...args) => (0,command/* runCommand */.d1)('docker', compose(...args), { env: docker.env, timeoutSeconds: request.timeoutSeconds });
    const up = (services) => (0,command/* failureOf */.g5)(run('up', '--detach', ...services));
    const createWithFiles = async () => {
        await run('create');
        await copyInto(stack, copies);
    };
    let failure = copies.length > 0 ? await (0,command/* failureOf */.g5)(createWithFiles()) : undefined;
    let started = performance.now();
    let before;
    if (request.joins && !failure) {
        failure = await up(others.map(([name]) => name));
        const unchanged = await listen(stack, { ...request, progress: steadyList() }, { started, isBroken: failure !== undefined });
        before = unchanged.listed;
    }
    if (!failure && (!request.joins || before)) {
        started = performance.now();
        failure = await up([]);
    }
    const heard = await listen(stack, request, { started, isBroken: failure !== undefined });
    const { gateway, milliseconds } = heard;
    const asked = gateway === undefined
        ? NOTHING
        : await askInTime(docker, request, {
            gateway,
            deadline: started + request.timeoutSeconds * 1000,
        });
    const containers = await containersOf(stack, request);
    const telling = containers.filter((each) => (each.isApplication && milliseconds === undefined) || ((0,proof_containers/* isDead */.X)(each) && each.exitCode !== 0));
    const logs = new Map();
    for (const { id } of telling)
        logs.set(id, await logOf(docker, id, containers));
    return {
        ...heard,
        ...(request.joins && { before }),
        ...asked,
        containers,
        logs,
        failure,
    };
}
/** Copies files of the repository into the containers that were created, as their mounts would show them. */
async function copyInto({ docker, project }, copies) {
    const format = '{{.ID}} {{.Label "com.docker.compose.service"}}';
    const listing = await engine(docker, [...psArgs(project), '--format', format]);
    for (const { service, source, target, isDirectory } of copies)
        for (const [container = ''] of listing
            .split('\n')
            .map((line) => line.split(' '))
            .filter(([, name]) => name === service))
            if (isDirectory)
                await (0,copy/* copyFiles */.Bn)(docker, `${source}/.`, `${container}:${target}`);
            else
                await (0,copy/* putFile */.UN)(docker, { source, container, target });
}
const NOTHING = { answers: [], unanswered: [] };
/** So many equal lists in a row, a second apart, and nothing more comes. */
const STEADY_TIMES = 4;
/** Tells that a stack is complete when its list does not change any more. */
function steadyList() {
    let last = '';
    let times = 0;
    return (listed) => {
        const text = JSON.stringify(listed ?? []);
        times = listed && text === last ? times + 1 : 1;
        last = text;
        return listed && times >= STEADY_TIMES ? 'complete' : 'waiting';
    };
}
/** Asks until the answers are as they should be: what a service tells the gateway of itself comes after its name. */
async function askInTime(docker, { paths, isAnswered }, { gateway, deadline }) {
    for (;;) {
        const asked = await askContainer(docker, gateway, paths);
        if (isAnswered(asked) || performance.now() > deadline)
            return asked;
        await pause();
    }
}
function pause() {
    return new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
}
/** Asks for /health until it lists everything, or nothing more can come. */
async function listen(stack, request, { started, isBroken }) {
    const deadline = started + request.timeoutSeconds * 1000;
    let listed;
    let gateway;
    let instead;
    for (;;) {
        const containers = await containersOf(stack, request);
        for (const { id, service, state } of containers) {
            // Which container has the gateway is unknown until one answers.
            if (!request.gateways.includes(service) ||
                state !== 'running' ||
                (gateway !== undefined && gateway !== id))
                continue;
            const { answers, unanswered } = await askContainer(stack.docker, id, ['/health']);
            const [answer] = answers;
            const services = answer && listedServices(answer);
            if (!services) {
                instead = answer ? (0,tailchat_gateway/* describeAnswer */.O1)(answer) : unanswered[0]?.reason;
                continue;
            }
            listed = services;
            gateway = id;
            break;
        }
        const progress = request.progress(listed, containers);
        const milliseconds = progress === 'complete' ? Math.round(performance.now() - started) : undefined;
        const isGone = containers.some((each) => each.id === gateway && (0,proof_containers/* isDead */.X)(each));
        if (progress !== 'waiting' || isGone || isBroken || performance.now() > deadline)
            return { listed, gateway, milliseconds, instead };
        await pause();
    }
}
async function hasImage(docker, image) {
    return engine(docker, ['image', 'inspect', '--format', '{{.Id}}', image]).then(() => true, () => false);
}
async function containersOf({ docker, project }, request) {
    const ids = await engine(docker, [...psArgs(project), '--quiet']);
    if (ids === '')
        return [];
    const [containers, image] = await Promise.all([
        engine(docker, ['inspect', ...ids.split('\n')]),
        engine(docker, ['image', 'inspect', request.image]),
    ]);
    return readContainers(containers, request.application, readImageProgram(image));
}
function psArgs(project) {
    return ['ps', '--all', '--no-trunc', '--filter', `label=com.docker.compose.project=${project}`];
}
/** Asks the server in a container; where that fails, every path is unanswered. */
async function askContainer(docker, container, paths) {
    try {
        const text = await (0,command/* runCommand */.d1)('docker', ['exec', '--interactive', container, 'node', '-', ...paths], {
            env: docker.env,
            input: (0,external_node_fs_.readFileSync)(askScript, 'utf8'),
            timeoutSeconds: ASK_SECONDS + paths.length * PATH_SECONDS,
        });
        return readAnswers(text, paths);
    }
    catch (error) {
        if (!(error instanceof command/* CommandError */.Qd))
            throw error;
        const reason = error.lastLines.at(-1) ?? error.outcome;
        return { answers: [], unanswered: paths.map((path) => ({ path, reason })) };
    }
}
async function logOf(docker, id, containers) {
    const lines = [];
    const secrets = containers.flatMap((container) => container.secrets);
    try {
        await (0,command/* runCommand */.d1)('docker', ['logs', '--tail', String(LOG_LINES), id], {
            env: docker.env,
            timeoutSeconds: ENGINE_SECONDS,
            onLine: (line) => lines.push((0,proof_containers/* withoutSecretValues */.P)(line, secrets)),
        });
    }
    catch (error) {
        // A log that can't be read must not hide the failure that it should explain.
        if (!(error instanceof command/* CommandError */.Qd))
            throw error;
        if (lines.length === 0)
            lines.push(`its log cannot be read: ${error.outcome}`);
    }
    return lines;
}
function engine(docker, args) {
    return (0,command/* runCommand */.d1)('docker', args, { env: docker.env, timeoutSeconds: ENGINE_SECONDS });
}
function composeArgs({ project, file }, ...args) {
    return ['compose', '--ansi', 'never', '--project-name', project, '--file', file, ...args];
}
/** Kills containers at once, since nothing needs saving; `local` are the images that the stack built. */
const DOWN = ['down', '--volumes', '--remove-orphans', '--rmi', 'local', '--timeout', '0'];
async function takeDown(stack) {
    await (0,command/* runCommand */.d1)('docker', composeArgs(stack, ...DOWN), {
        env: stack.docker.env,
        timeoutSeconds: DOWN_SECONDS,
    });
}
/** Takes a stack down twice: what `up` was creating when it was ended may only exist the second time. */
function takeDownNow(stack) {
    const env = (0,environment/* childEnvironment */.Q)(stack.docker.env);
    for (const args of [composeArgs(stack, ...DOWN), composeArgs(stack, ...DOWN)])
        (0,external_node_child_process_.spawnSync)('docker', args, { env, stdio: 'ignore', timeout: DOWN_SECONDS * 1000 });
}
/** Takes down what another process left of a stack, by its name alone. */
function takeDownLeft(project) {
    const args = ['compose', '--project-name', project, ...DOWN];
    // Not in the repository, whose own compose file would be used for the stack.
    spawnSync('docker', args, {
        cwd: tmpdir(),
        env: childEnvironment(),
        stdio: 'ignore',
        timeout: DOWN_SECONDS * 1000,
    });
}


/***/ }),

/***/ 698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dD: () => (/* binding */ throwAwayStack),
/* harmony export */   sR: () => (/* binding */ readStackModel),
/* harmony export */   tc: () => (/* binding */ applicationServices)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8816);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5312);
/* harmony import */ var _formats_image_reference_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6137);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2876);






const mount = zod__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({
    type: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(),
    source: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().optional(),
    target: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(),
});
/** A service's use of a secret or a config. */
const grant = zod__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({ source: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(), target: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().optional() });
const grants = zod__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(grant).nullish();
const service = zod__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({
    image: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().optional(),
    build: zod__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({ context: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().optional(), dockerfile: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().optional(), secrets: grants })
        .nullish(),
    volumes: zod__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(mount).nullish(),
    volumes_from: zod__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()).nullish(),
    secrets: grants,
    configs: grants,
    /** People may write a list of names; compose always writes an object. */
    networks: zod__WEBPACK_IMPORTED_MODULE_4__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({ aliases: zod__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()).nullish() }).nullable())
        .nullish(),
});
/** A secret or a config of the stack. */
const content = zod__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({ file: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().optional(), external: zod__WEBPACK_IMPORTED_MODULE_4__/* .boolean */ .zMY().optional() });
const model = zod__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({
    services: zod__WEBPACK_IMPORTED_MODULE_4__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(), service),
    networks: zod__WEBPACK_IMPORTED_MODULE_4__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_4__/* .unknown */ .L5J()).optional(),
    volumes: zod__WEBPACK_IMPORTED_MODULE_4__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_4__/* .unknown */ .L5J()).optional(),
    secrets: zod__WEBPACK_IMPORTED_MODULE_4__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(), content).optional(),
    configs: zod__WEBPACK_IMPORTED_MODULE_4__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(), content).optional(),
});
/**
 * Reads the output of `docker compose config`.
 * @throws when it is not a stack
 */
function readStackModel(text) {
    const result = model.safeParse(JSON.parse(text));
    if (!result.success)
        throw new Error('docker compose did not write the stack in the shape that it documents');
    return result.data;
}
/**
 * Returns the services of a stack that run the application's image.
 * @param wanted the name of one of them; empty: the image is recognised
 * @throws when there is no such service, or it is ambiguous
 */
function applicationServices({ services }, wanted, application) {
    const names = Object.keys(services).sort();
    const origins = wanted === '' ? recognisedOrigins(services, application) : [originOf(services[wanted])];
    const [origin] = origins;
    if (origin !== undefined && origins.length === 1)
        return names.filter((name) => originOf(services[name]) === origin);
    const list = names.map((name) => `${name} (${originOf(services[name]) ?? 'no image'})`).join(', ');
    throw new Error(wanted === ''
        ? `which service carries the built image cannot be told: set boot-service to one of ${list}`
        : `boot-service: the stack has no service ${JSON.stringify(wanted)} with an image; it has ${list}`);
}
/** The images of the stack that may be the application's, by the surest sign that any of them has. */
function recognisedOrigins(services, { root, images }) {
    const signs = [
        ({ image }) => image !== undefined && images.map(imageName).includes(imageName(image)),
        ({ build }) => build?.context !== undefined &&
            (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(root, build.context) === '' &&
            (build.dockerfile ?? _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.dockerfile) === _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.dockerfile,
        ({ image }) => image !== undefined && /tailchat/i.test(imageName(image)),
    ];
    for (const sign of signs) {
        const found = Object.values(services).filter(sign).map(originOf);
        if (found.length > 0)
            return [...new Set(found)].filter((origin) => origin !== undefined);
    }
    return [];
}
/** Returns where the image of a service comes from; services with the same origin run the same image. */
function originOf(service) {
    const { image, build } = service ?? {};
    return (image ?? (build?.context && `built from ${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(build.context, build.dockerfile ?? _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.dockerfile)}`));
}
/** `ghcr.io/acme/tailchat:main` → `ghcr.io/acme/tailchat`. */
function imageName(reference) {
    return (0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(reference);
}
/**
 * Settings that could collide with the real stack on this machine or join it, lead a router of the machine to this
 * stack, or keep its logs from being read.
 */
const NOT_OWN = [
    'container_name',
    'ports',
    'labels',
    'external_links',
    'cgroup_parent',
    'use_api_socket',
    'logging',
];
/** Settings by which a container shares something with others or with the machine. */
const NAMESPACES = ['network_mode', 'pid', 'ipc', 'uts', 'userns_mode', 'cgroup'];
/** Values that share nothing with the machine or with containers outside of the stack. */
const OWN_NAMESPACE = /^(service:.*|none|private|shareable)$/;
/** Settings that give a built image a name which may be in use on the machine, or write to a shared cache. */
const NOT_OWN_OF_BUILD = ['tags', 'cache_to'];
/**
 * Returns the stack with the built image in the application's services, isolated from everything on the machine, which
 * may be the one that runs the real stack: names, ports, labels that a router obeys, volumes, networks, namespaces and
 * image names. No network leads out, since its services may have the address of a real database. It gets copies of the
 * repository's files, and nothing else of the machine.
 * @param application names of the services that get the image
 * @param root absolute path of the repository, with its symbolic links resolved
 */
function throwAwayStack({ services, networks = {}, volumes = {}, secrets = {}, configs = {}, ...others }, { application, image, root }) {
    const withoutMounts = [];
    const madeWritable = [];
    const copies = [];
    const ownSecrets = ownContents(secrets, root);
    const ownConfigs = ownContents(configs, root);
    const isolated = (name, service) => {
        const { build, volumes_from, secrets, configs, networks } = service;
        const granted = (grants, own) => {
            for (const { source, target } of grants)
                if (!(source in own))
                    withoutMounts.push(`${name}:${target ?? source}`);
            return grants.filter(({ source }) => source in own);
        };
        const grantedSecrets = granted(secrets ?? [], ownSecrets);
        const grantedConfigs = granted(configs ?? [], ownConfigs);
        const mounts = [
            ...(service.volumes ?? []),
            // Compose mounts them where they are files.
            ...filesOf(grantedSecrets, ownSecrets, '/run/secrets'),
            ...filesOf(grantedConfigs, ownConfigs, '/'),
        ].map((mount) => ({ mount, ...isolatedMount(mount, root) }));
        for (const { mount, own, copied } of mounts)
            if (copied)
                copies.push({ service: name, ...copied });
            else if (own?.type !== mount.type)
                withoutMounts.push(`${name}:${mount.target}`);
        const origin = () => {
            if (application.includes(name))
                return { image, pull_policy: 'never' };
            if (!build)
                return { image: service.image };
            return {
                build: {
                    ...without(build, NOT_OWN_OF_BUILD),
                    ...(build.secrets && { secrets: granted(build.secrets, ownSecrets) }),
                },
            };
        };
        // A container with a root file system of this kind takes no files, before it starts either.
        const readOnly = service['read_only'] === true && mounts.some(({ copied }) => copied?.isDirectory === false);
        if (readOnly)
            madeWritable.push(name);
        return {
            ...withoutForeignNamespaces(without(service, [...NOT_OWN, 'image', 'build', ...(readOnly ? ['read_only'] : [])])),
            ...origin(),
            volumes: mounts.flatMap(({ own }) => own ?? []),
            ...(volumes_from && { volumes_from: volumes_from.filter((from) => !from.startsWith('container:')) }),
            ...(secrets && { secrets: withoutFiles(grantedSecrets, ownSecrets) }),
            ...(configs && { configs: withoutFiles(grantedConfigs, ownConfigs) }),
            // A fixed address belongs to a network of the real stack.
            ...(networks && {
                networks: mapped(networks, (_, own) => (own?.aliases ? { aliases: own.aliases } : null)),
            }),
        };
    };
    const model = {
        ...without(others, ['name']),
        services: mapped(services, isolated),
        // Services whose own network is left out use the default one.
        networks: mapped({ default: null, ...networks }, () => ({ internal: true })),
        volumes: mapped(volumes, () => ({})),
        secrets: ownSecrets,
        configs: ownConfigs,
    };
    return { model, copies: copies.sort(byDepth), withoutMounts, madeWritable };
}
/** Orders directories first, and nested ones after their parents: a copy may go into a volume that another one fills. */
function byDepth(a, b) {
    return Number(b.isDirectory) - Number(a.isDirectory) || a.target.length - b.target.length;
}
/** The files among secrets or configs, as mounts. */
function filesOf(grants, own, directory) {
    return grants.flatMap(({ source, target = source }) => {
        const file = own[source]?.file;
        return file === undefined
            ? []
            : [{ type: 'bind', source: file, target: node_path__WEBPACK_IMPORTED_MODULE_1__.posix.resolve(directory, target) }];
    });
}
function withoutFiles(grants, own) {
    return grants.filter(({ source }) => own[source]?.file === undefined);
}
function withoutForeignNamespaces(service) {
    const foreign = NAMESPACES.filter((key) => key in service && !OWN_NAMESPACE.test(String(service[key])));
    return without(service, foreign);
}
/** Returns the secrets or configs that need no file of the machine outside of the repository. */
function ownContents(contents, root) {
    const isOwn = ({ file, external }) => !external && (file === undefined || ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(file) && (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_2__/* .isInside */ .FK)(root, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(file))));
    return Object.fromEntries(Object.entries(contents)
        .filter(([, content]) => isOwn(content))
        .map(([key, content]) => [key, without(content, ['name'])]));
}
function isolatedMount(mount, root) {
    if (mount.type !== 'bind')
        return { own: mount };
    const { source = '', target } = mount;
    const empty = { type: 'volume', target };
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(source))
        return { own: empty };
    const real = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(source);
    const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(real);
    if ((0,_lib_files_js__WEBPACK_IMPORTED_MODULE_2__/* .isInside */ .FK)(root, real) && stat.isDirectory())
        return {
            own: { ...empty, volume: { nocopy: true } },
            copied: { source: real, target, isDirectory: true },
        };
    if ((0,_lib_files_js__WEBPACK_IMPORTED_MODULE_2__/* .isInside */ .FK)(root, real) && stat.isFile())
        return { copied: { source: real, target, isDirectory: false } };
    // A directory holds most likely data of the real stack; a file or a socket can't be replaced.
    return stat.isDirectory() ? { own: empty } : {};
}
function without(object, keys) {
    return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
function mapped(record, change) {
    return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(key, value)]));
}


/***/ }),

/***/ 1330:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  boot: () => (/* binding */ boot),
  chooseStack: () => (/* binding */ chooseStack),
  promiseOfImage: () => (/* binding */ promiseOfImage),
  promiseOfNode: () => (/* binding */ promiseOfNode),
  promiseOfSources: () => (/* binding */ promiseOfSources)
});

// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/proof/boot-compare.js
var boot_compare = __webpack_require__(2850);
// EXTERNAL MODULE: ./.build/src/proof/boot-stack.js + 1 modules
var boot_stack = __webpack_require__(9564);
// EXTERNAL MODULE: ./.build/src/image/node.js
var node = __webpack_require__(2742);
// EXTERNAL MODULE: ./.build/src/formats/image-reference.js
var image_reference = __webpack_require__(6137);
// EXTERNAL MODULE: ./.build/src/proof/stack.js
var stack = __webpack_require__(698);
;// CONCATENATED MODULE: ./.build/src/proof/node-stack.js



/**
 * Returns the stack with the core of an unchanged Tailchat and the node: containers that load nothing but plugins are
 * left out, and what else they would load of plugins as well.
 * @param wanted a service that runs Tailchat; empty: it is recognised
 * @throws with all that would keep the node, or the gateway, from running
 */
function nodeStack({ services, ...others }, { wanted, application, names, plugins, base, }) {
    const own = names.map(image_reference/* nameOf */.Vb);
    const isNode = ({ image }) => image !== undefined && own.includes((0,image_reference/* nameOf */.Vb)(image));
    const given = Object.keys(services).filter((name) => isNode(services[name] ?? {}));
    const withoutNodes = Object.fromEntries(Object.entries(services).filter(([name]) => !given.includes(name)));
    const tailchat = (0,stack/* applicationServices */.tc)({ ...others, services: withoutNodes }, wanted, application);
    const core = [];
    const kept = {};
    for (const [name, service] of Object.entries(services)) {
        if (!tailchat.includes(name)) {
            kept[name] = service;
            continue;
        }
        const directories = coreDirectories(environmentOf(service)['SERVICEDIR']);
        if (directories === '')
            continue;
        core.push(name);
        const environment = { ...environmentOf(service), SERVICEDIR: directories };
        kept[name] = { ...withoutBuild(service), image: base, environment };
    }
    const [first] = core;
    const coreService = first === undefined ? undefined : kept[first];
    if (!coreService)
        throw new Error('no container of the stack runs the core of Tailchat: SERVICEDIR must name services');
    const nodes = given.length > 0 ? given : [node/* NODE_NAME */.BM];
    if (given.length === 0)
        kept[node/* NODE_NAME */.BM] = addedNode(coreService, plugins);
    const problems = nodes.flatMap((name) => problemsOfNode(name, kept[name] ?? {}, coreService));
    if (problems.length > 0)
        throw new Error(problems.join('; '));
    const model = { ...others, services: withoutDependencies(kept) };
    return { model, core: core.sort(), nodes, isGiven: given.length > 0 };
}
/** A node as the compose fragment has it, with the variables of the core. */
function addedNode(core, plugins) {
    const { networks, depends_on } = core;
    return {
        environment: { ...environmentOf(core), SERVICEDIR: (0,node/* serviceDirectories */.V5)(plugins), SERVICES: '' },
        ...(networks && { networks }),
        ...(depends_on !== undefined && { depends_on }),
        restart: 'on-failure',
    };
}
/** SERVICEDIR without directories of plugins; empty: there is no other. Where it is not set, the image has its own. */
function coreDirectories(value) {
    return (value ?? 'services')
        .split(',')
        .filter((directory) => !/^\s*(?:\.\/)?plugins(?:\/|\s*$)/.test(directory))
        .join(',');
}
/** What keeps a node from being listed, or takes the gateway down, one line each. */
function problemsOfNode(name, node, core) {
    const own = environmentOf(node);
    const ofCore = environmentOf(core);
    const nodeId = 'so two containers can have the same node id, and of two nodes with one id the second ends the first, the gateway among them';
    return [
        ...('hostname' in node && node['hostname']
            ? [`${name} has a hostname of its own: a node's id is made of it, ${nodeId}; leave hostname out`]
            : []),
        ...(node['network_mode'] === 'host'
            ? [
                `${name} has network_mode: host: a node's id is made of the host's name then, ${nodeId}; give it a network of the stack`,
            ]
            : []),
        ...(own['NODEID']
            ? [
                `${name} gets NODEID=${own['NODEID']}, ${nodeId}; leave NODEID out, also of the env file that both read`,
            ]
            : []),
        ...((own['NAMESPACE'] ?? '') === (ofCore['NAMESPACE'] ?? '')
            ? []
            : [
                `${name} has NAMESPACE=${own['NAMESPACE'] ?? ''} and the core ${ofCore['NAMESPACE'] ?? 'none'}: they would not see each other; leave NAMESPACE out`,
            ]),
        ...(own['TRANSPORTER'] || !ofCore['TRANSPORTER']
            ? []
            : [
                `${name} has no TRANSPORTER, and the core has one: it would join no message bus; give it the core's`,
            ]),
    ];
}
function environmentOf(service) {
    const environment = service['environment'];
    if (typeof environment !== 'object' || environment === null)
        return {};
    return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value === null ? '' : String(value)]));
}
function withoutBuild(service) {
    const { build, ...rest } = service;
    return build === undefined ? service : rest;
}
/** Nothing waits for a service that was left out. */
function withoutDependencies(services) {
    return Object.fromEntries(Object.entries(services).map(([name, service]) => {
        const dependencies = service['depends_on'];
        if (typeof dependencies !== 'object' || dependencies === null)
            return [name, service];
        const left = Object.entries(dependencies).filter(([other]) => Object.hasOwn(services, other));
        return [name, { ...service, depends_on: Object.fromEntries(left) }];
    }));
}

// EXTERNAL MODULE: ./.build/src/proof/live-promise.js
var live_promise = __webpack_require__(1938);
// EXTERNAL MODULE: ./.build/src/tailchat/gateway.js
var gateway = __webpack_require__(6922);
// EXTERNAL MODULE: ./.build/src/proof/containers.js
var proof_containers = __webpack_require__(6968);
;// CONCATENATED MODULE: ./.build/src/report/boot-result.js



/**
 * Returns what booting the image showed, as the report has it.
 * @param boot.plugins those that the image offers
 * @param boot.available those of its services that were asked for /available
 */
function reportBoot({ stack, services, result, plugins, available, }) {
    const { listed, before, milliseconds, answers, containers, logs } = result;
    const isAnswered = (service) => answers.some(({ path, status }) => path === (0,gateway/* availablePath */.Nj)(service) && status === 200);
    const isServed = (plugin) => answers.some((answer) => answer.path === (0,gateway/* bundlePath */.EU)(plugin) && (0,gateway/* isBundleOf */.Ir)(plugin, answer));
    const sorted = [...plugins].sort();
    return {
        stack,
        services,
        ...(milliseconds !== undefined && { milliseconds }),
        // What begins so is moleculer's own.
        listed: (listed ?? []).filter((name) => !name.startsWith('$')),
        ...(before && {
            before: before.filter((name) => !name.startsWith('$')),
            available: {
                answered: available.filter(isAnswered),
                silent: available.filter((service) => !isAnswered(service)),
            },
        }),
        bundles: {
            served: sorted.filter(isServed),
            // Without a gateway, none was asked for.
            notServed: listed ? sorted.filter((plugin) => !isServed(plugin)) : [],
        },
        containers: containers
            .filter(({ id }) => logs.has(id))
            .map((container) => ({
            service: container.service,
            state: (0,proof_containers/* isDead */.X)(container) ? (0,boot_compare/* endOf */.pJ)(container) : container.state,
            log: logs.get(container.id) ?? [],
        })),
    };
}

// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __webpack_require__(7154);
// EXTERNAL MODULE: ./.build/src/rules/catalogue.js + 26 modules
var catalogue = __webpack_require__(9152);
// EXTERNAL MODULE: ./.build/src/rules/findings.js + 1 modules
var findings = __webpack_require__(5501);
// EXTERNAL MODULE: ./.build/src/rules/image.js
var rules_image = __webpack_require__(8330);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __webpack_require__(2876);
// EXTERNAL MODULE: ./.build/src/stages/stage.js
var stage = __webpack_require__(9573);
;// CONCATENATED MODULE: ./.build/src/stages/boot.js














/**
 * Reads the stack in which the image is booted.
 * @param node set where the image is a plugin node: then the stack runs the image that it joins
 * @throws when it can't be used, with what to do
 */
async function chooseStack(docker, { boot, image }, { root, node }) {
    const model = await (0,boot_stack/* readStack */.bA)(docker, root, boot.composeFile);
    if (node) {
        const application = { root, images: [image.baseImage] };
        const joined = nodeStack(model, { ...node, wanted: boot.service, application, names: image.names });
        return { model: joined.model, application: joined.nodes, gateways: joined.core };
    }
    const images = [...image.names, image.baseImage];
    const application = (0,stack/* applicationServices */.tc)(model, boot.service, { root, images });
    return { model, application, gateways: application };
}
/** Returns what the sources promise of a stack; services that don't load in the image were reported before. */
function promiseOfSources({ workspace, desired, services: { expected } }, { services, probe }) {
    return {
        awaited: expected.flatMap(({ file, line, compiled }) => {
            const row = services.find((each) => each.file === file && each.loaded);
            return row
                ? [{ ...awaitedRow({ name: row.name, file, compiled }, probe), ...(line !== undefined && { line }) }]
                : [];
        }),
        tree: [...(workspace.deployment?.serverServices ?? []), ...expected.map(({ compiled }) => compiled)],
        offered: (0,rules_image/* offered */.Ix)(desired).map(({ plugin }) => ({ plugin: plugin.name, file: (0,rules_image/* placeOf */.$t)(plugin).file })),
        registries: gateway/* REGISTRY_PATHS */.lo,
        available: [],
    };
}
/** Returns what the sources promise of a stack that a plugin node joins: the gateway serves nothing of the plugins. */
function promiseOfNode(examined, proven) {
    const { available } = (0,live_promise/* recordOf */.zv)(examined.desired);
    return { ...promiseOfSources(examined, proven), offered: [], registries: [], available };
}
/** Returns what an image without sources promises of a stack: every service that loads, and every plugin that it offers. */
function promiseOfImage(probe, plugins) {
    return {
        awaited: probe.services.flatMap(({ file, name }) => name === undefined ? [] : [awaitedRow({ name, file: `server/dist/${file}`, compiled: file }, probe)]),
        tree: probe.services.map(({ file }) => file),
        offered: plugins.map((plugin) => ({ plugin, file: `server/dist/public${(0,gateway/* bundlePath */.EU)(plugin)}` })),
        registries: gateway/* REGISTRY_PATHS */.lo,
        available: [],
    };
}
function awaitedRow(service, { services }) {
    const needsDatabase = services.find(({ file }) => file === service.compiled)?.database ?? false;
    return { ...service, needsDatabase };
}
/**
 * Boots an image in its stack, and stops when the running stack lacks something that is promised.
 * @throws {StageError} when the stack does not come up completely
 */
async function boot({ inputs, surroundings, record }, docker, { image, proven, promise, source, node }) {
    const { composeFile, timeoutSeconds } = inputs.boot;
    const { awaited, offered, registries, available } = promise;
    const { root } = source;
    const { model, application, gateways } = await chooseStack(docker, inputs, { root, node });
    docker.onLine(`Booting ${composeFile || 'the stack of this action'} with the image in ${application.join(', ')}${node ? ` and ${node.base} in ${gateways.join(', ')}` : ''}`);
    const isAvailable = ({ answers }) => available.every((service) => answers.some(({ path, status }) => path === (0,gateway/* availablePath */.Nj)(service) && status === 200));
    const result = await (0,boot_stack/* bootStack */.rQ)(docker, {
        model,
        application,
        gateways,
        isStock: composeFile === '',
        joins: node !== undefined,
        image: image.reference,
        root,
        timeoutSeconds,
        progress: (listed, containers) => (0,boot_compare/* progressOf */.jA)(promise, listed, containers),
        onStack: surroundings.onStack ?? (() => undefined),
        paths: [
            ...registries,
            ...offered.map(({ plugin }) => (0,gateway/* bundlePath */.EU)(plugin)),
            ...available.map(gateway/* availablePath */.Nj),
        ],
        isAnswered: isAvailable,
    });
    const proof = {
        file: composeFile || layout/* layout */.Zp.dockerfile,
        timeoutSeconds,
        result,
        awaited,
        ...(0,boot_compare/* compareBoot */.eC)(proven.services, promise, { result, timeoutSeconds }),
    };
    const all = (0,findings/* joinFindings */.pZ)(proven.findings, (0,findings/* findings */.Pg)(catalogue/* catalogue */.sW.boot, { ...proof, offered, registries, available }, source));
    record({
        services: proof.rows,
        notes: result.notes,
        boot: reportBoot({
            available,
            stack: composeFile,
            services: application,
            result,
            plugins: offered.map(({ plugin }) => plugin),
        }),
        findings: (0,report/* reportFindings */.LH)(all.open),
        accepted: [...all.accepted],
    });
    requireAbsentBefore(proof);
    requireWhole(proof);
    if ((0,report/* hasFailingFindings */.PS)(all.open, inputs))
        throw new stage/* StageError */.Zu('boot', 'the running stack has the faults in the findings; no tag was moved');
}
/** Stops when the Tailchat that a node joins has its services without it. */
function requireAbsentBefore({ result: { before = [] }, awaited }) {
    const both = awaited.map(({ name }) => name).filter((name) => before.includes(name));
    if (both.length > 0)
        throw new stage/* StageError */.Zu('boot', `the stack lists ${(0,wording/* listed */.KE)(both)} before the node joins it, so another container loads ${both.length === 1 ? 'it' : 'them'} as well, and calls would be answered by either; no tag was moved`);
}
/** Stops before any tag moves when the stack does not keep the promise of the image. */
function requireWhole({ result, missing, timeoutSeconds }) {
    if (result.failure)
        throw new stage/* StageError */.Zu('boot', `the stack does not come up: ${result.failure.message}; no tag was moved`, {
            cause: result.failure,
        });
    if (!result.listed)
        throw new stage/* StageError */.Zu('boot', `the gateway did not answer /health within ${timeoutSeconds} s; no tag was moved`);
    if (missing.length > 0)
        throw new stage/* StageError */.Zu('boot', `the running stack lacks ${(0,wording/* listed */.KE)(missing.map(({ name }) => name))} (${(0,wording/* plural */.LS)(missing.length, 'service')}); no tag was moved`);
    const [silent] = result.answers.length === 0 ? result.unanswered : [];
    if (silent)
        throw new stage/* StageError */.Zu('boot', `the gateway could not be asked what it serves: ${silent.reason}; no tag was moved`);
}


/***/ })

};
