export const id = 309;
export const ids = [309];
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

/***/ 4052:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A3: () => (/* binding */ findBaseImage),
/* harmony export */   K2: () => (/* binding */ overlayLabels),
/* harmony export */   N9: () => (/* binding */ OWN_LABELS),
/* harmony export */   P1: () => (/* binding */ REVISION_LABEL),
/* harmony export */   Y8: () => (/* binding */ findRunningImage),
/* harmony export */   m8: () => (/* binding */ BASE_DIGEST_LABEL)
/* harmony export */ });
/* unused harmony exports fromRegistry, fromEngine */
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6916);
/* harmony import */ var _docker_docker_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4014);
/* harmony import */ var _formats_image_reference_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6137);
/* harmony import */ var _docker_registry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6009);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1067);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(361);






/** The label in which an image says which commit it was built from (OCI image specification, annotations). */
const REVISION_LABEL = 'org.opencontainers.image.revision';
/** The prefix of this action's own labels. */
const OWN_LABELS = 'tailchat-plugin-deploy.';
/** The label of an overlay that names the plugins in it, separated by spaces. */
const OVERLAY_LABEL = 'tailchat-plugin-deploy.overlay';
const BASE_NAME_LABEL = 'org.opencontainers.image.base.name';
/** On an image that is an overlay: the digest of the image that it was put on. */
const BASE_DIGEST_LABEL = 'org.opencontainers.image.base.digest';
/** Returns the labels that name the base image of an overlay (OCI image specification, annotations) and its plugins. */
function overlayLabels(base, plugins) {
    return {
        [BASE_NAME_LABEL]: base.name,
        [BASE_DIGEST_LABEL]: base.digest,
        [OVERLAY_LABEL]: plugins.join(' '),
    };
}
const INSPECT_SECONDS = 60;
/**
 * Finds the image that an overlay goes on. If `reference` is an overlay itself, returns the base of that overlay, so
 * that layers never pile up.
 * @throws when there is no such image or it can't be read, with what to do
 */
async function findBaseImage(docker, reference) {
    const image = await readImage(docker, reference);
    if (image.labels[OVERLAY_LABEL] === undefined)
        return image;
    const original = `${image.labels[BASE_NAME_LABEL]}@${image.labels[BASE_DIGEST_LABEL]}`;
    const base = await readImage(docker, original).catch((error) => {
        const reason = (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error);
        throw new Error(`${reference} is an overlay on ${original}, which cannot be read: ${reason}`);
    });
    return base;
}
/**
 * Finds the image that a node goes on: the one that runs, also where it is an overlay, since it tells which plugins are
 * loaded. Of a node, the image below is taken.
 * @throws as findBaseImage does
 */
async function findRunningImage(docker, reference) {
    const image = await readImage(docker, reference);
    return image.labels[_node_js__WEBPACK_IMPORTED_MODULE_3__/* .AS_LABEL */ .W_] === 'node' ? findBaseImage(docker, reference) : image;
}
/** Asks the container registry, then the engine, which may have an image that is in no container registry. */
async function readImage(docker, reference) {
    if (!REFERENCE.test(reference))
        throw new Error(`${JSON.stringify(reference)} is not the name of an image`);
    const inspect = (...args) => (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_1__/* .runDocker */ .ST)(docker, [...args, '--format', '{{json .}}'], { timeoutSeconds: INSPECT_SECONDS });
    try {
        const imagetools = ['buildx', 'imagetools', 'inspect', ...(0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_1__/* .builderFlag */ .cg)(docker)];
        return fromRegistry(reference, JSON.parse(await inspect(...imagetools, reference)));
    }
    catch (error) {
        const local = await inspect('image', 'inspect', reference).catch(() => undefined);
        if (local !== undefined)
            return fromEngine(reference, JSON.parse(local));
        const [last] = error.lastLines?.slice(-1) ?? [];
        throw new Error(`neither a container registry nor the engine has ${reference} (${last ?? String(error)})`, { cause: error });
    }
}
/** A reference becomes part of a Dockerfile, so it may hold nothing that ends the line or has a meaning there. */
const REFERENCE = /^[a-zA-Z0-9][\w.:/-]*(?:@sha256:[0-9a-f]{64})?$/;
/** Reads the answer of `docker buildx imagetools inspect`: one configuration, or one for each platform of an index. */
function fromRegistry(reference, answer) {
    const digest = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(answer, 'manifest', 'digest');
    const image = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(answer, 'image'));
    if (digest === undefined || !image)
        throw new Error(`${reference} has no manifest that can be read`);
    const isSingle = typeof image['architecture'] === 'string';
    const configurations = isSingle ? { [platformOf(image)]: image } : image;
    const platforms = Object.keys(configurations).filter((platform) => !platform.startsWith('unknown'));
    const name = (0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(reference);
    return {
        name,
        reference: `${name}@${digest}`,
        digest,
        platforms: platforms.sort(),
        labels: (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_2__/* .labelsOfConfig */ .Lr)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(configurations[platforms[0] ?? ''], 'config')),
    };
}
/** Reads the answer of `docker image inspect`. */
function fromEngine(reference, answer) {
    return {
        name: (0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(reference),
        reference,
        digest: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(answer, 'Id') ?? '',
        platforms: [`${(0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(answer, 'Os')}/${(0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(answer, 'Architecture')}`],
        labels: (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_2__/* .labelsOfConfig */ .Lr)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(answer, 'Config')),
    };
}
function platformOf(image) {
    const parts = ['os', 'architecture', 'variant'].flatMap((field) => (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(image, field) ?? []);
    return parts.join('/');
}


/***/ }),

/***/ 7309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CB: () => (/* binding */ buildFiles),
/* harmony export */   ZP: () => (/* binding */ pullImage),
/* harmony export */   _w: () => (/* binding */ buildImage),
/* harmony export */   qC: () => (/* binding */ publishTag)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _lib_temporary_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4248);
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6916);
/* harmony import */ var _buildx_args_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3439);
/* harmony import */ var _docker_docker_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4014);
/* harmony import */ var _predecessor_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3524);
/* harmony import */ var _docker_registry_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6009);








/** Longer than a full Tailchat build for two platforms takes under emulation. */
const BUILD_SECONDS = 3 * 60 * 60;
const PUSH_SECONDS = 60 * 60;
const ENGINE_SECONDS = 5 * 60;
/**
 * Builds the image. Nothing gets a tag: a builder that can do so pushes the image by its digest alone; the engine's
 * own builder (buildx driver `docker`) can't, so it keeps the image in the engine until the tags are pushed.
 *
 * The image records its predecessor: the newest image that holds other code. Where the current image holds the same
 * code, that is the one which the current image records. Where labels can't tell, the image is first built with that
 * one as its predecessor; only when it comes out as another image than the current one does it name the current one,
 * which the cache makes cheap: a label changes no layer.
 * @param names image names without a tag; empty: the image is not pushed
 * @param current the image that the tags point at now
 * @throws {CommandError} when buildx fails
 */
async function buildImage(docker, plan, { names, current }) {
    const driver = await driverOf(docker);
    const byDigest = names.length > 0 && driver !== 'docker';
    if (!byDigest && driver !== 'docker' && plan.platforms.length > 1)
        throw new Error(`without a push the image is loaded into the engine, and a builder with the driver ${driver} can load one platform only: set platforms to one, or leave push at true`);
    const index = byDigest || (driver === 'docker' && (await engineKeepsIndexes(docker)));
    const build = (push, previousDigest) => 
    // A build that only finds out the digest need not write the caches as well.
    runBuild(docker, withPredecessor(push ? plan : { ...plan, cacheTo: [] }, previousDigest), {
        pushTo: byDigest ? names : [],
        push,
        index,
    });
    const recorded = current?.labels[_predecessor_js__WEBPACK_IMPORTED_MODULE_5__/* .PREVIOUS_DIGEST_LABEL */ .It];
    const isSame = current &&
        ((0,_predecessor_js__WEBPACK_IMPORTED_MODULE_5__/* .isSameCode */ .Yo)(current.labels, plan.labels) ?? (await build(false, recorded)).digest === current.digest);
    const built = await build(true, isSame ? recorded : current?.digest);
    if (byDigest)
        return { digest: built.digest, reference: `${names[0]}@${built.digest}`, pushed: true };
    return { digest: built.digest, reference: await loadedReference(docker, built), pushed: false };
}
/** Builds the last stage of a Dockerfile, and writes the files that it holds into a directory. */
async function buildFiles(docker, plan, directory) {
    await (0,_lib_temporary_js__WEBPACK_IMPORTED_MODULE_2__/* .withTemporaryDirectory */ .n)(async (temporary) => {
        const metadataFile = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(temporary, 'metadata.json');
        await runBuildx(docker, plan, { pushTo: [], push: false, index: false, directory, metadataFile });
    });
}
/** Sets the label also without a predecessor, to nothing: an image inherits the label of the one it is made FROM. */
function withPredecessor(plan, previousDigest = '') {
    return { ...plan, labels: { ...plan.labels, [_predecessor_js__WEBPACK_IMPORTED_MODULE_5__/* .PREVIOUS_DIGEST_LABEL */ .It]: previousDigest } };
}
async function runBuild(docker, plan, output) {
    return (0,_lib_temporary_js__WEBPACK_IMPORTED_MODULE_2__/* .withTemporaryDirectory */ .n)(async (directory) => {
        const metadataFile = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'metadata.json');
        await runBuildx(docker, plan, { ...output, metadataFile });
        const metadata = JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(metadataFile, 'utf8'));
        const digest = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringAt */ .bX)(metadata, 'containerimage.digest');
        if (digest === undefined)
            throw new Error('buildx named no digest for the image');
        return { digest, configDigest: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringAt */ .bX)(metadata, 'containerimage.config.digest') };
    });
}
async function runBuildx(docker, plan, output) {
    const { epochSeconds } = plan;
    await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, (0,_buildx_args_js__WEBPACK_IMPORTED_MODULE_7__/* .buildxArgs */ .w)(plan, output), {
        ...(epochSeconds !== undefined && { env: { SOURCE_DATE_EPOCH: String(epochSeconds) } }),
        timeoutSeconds: BUILD_SECONDS,
        shown: true,
    });
}
async function driverOf(docker) {
    const { builder } = docker;
    const text = await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['buildx', 'inspect', ...(builder ? [builder] : [])], {
        timeoutSeconds: ENGINE_SECONDS,
    });
    return /^Driver:\s*(\S+)/m.exec(text)?.[1];
}
/** Tells whether the engine has the containerd image store, which can hold an index as a container registry does. */
async function engineKeepsIndexes(docker) {
    const status = await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['info', '--format', '{{json .DriverStatus}}'], {
        timeoutSeconds: ENGINE_SECONDS,
    });
    return status.includes('io.containerd.snapshotter');
}
/** An engine without the containerd image store knows a loaded image by the digest of its configuration. */
async function loadedReference(docker, { digest, configDigest }) {
    for (const candidate of [digest, ...(configDigest === undefined ? [] : [configDigest])])
        if (await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['image', 'inspect', '--format', '{{.Id}}', candidate], {
            timeoutSeconds: ENGINE_SECONDS,
        }).catch(() => undefined))
            return candidate;
    throw new Error(`the engine does not have the image ${digest} that was built for it`);
}
/** Pulls an image from the container registry into the engine, where it can be run. */
async function pullImage(docker, reference, signal) {
    const options = { timeoutSeconds: PUSH_SECONDS, ...(signal && { signal }) };
    await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['pull', '--quiet', reference], options);
}
/**
 * Points one tag at the image, in the container registry or by pushing it from the engine.
 * @returns the digest that the tag points at now
 */
async function publishTag(docker, image, reference) {
    if (image.pushed)
        await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_6__/* .pointTag */ .Ho)(docker, reference, image.digest);
    else {
        await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['tag', image.reference, reference], { timeoutSeconds: ENGINE_SECONDS });
        await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['push', '--quiet', reference], { timeoutSeconds: PUSH_SECONDS });
    }
    const digest = await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_6__/* .digestOf */ .ol)(docker, reference);
    if (digest === undefined)
        throw new Error('it was pushed, but its container registry does not have it');
    return digest;
}


/***/ }),

/***/ 3439:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ provenanceLabels),
/* harmony export */   w: () => (/* binding */ buildxArgs)
/* harmony export */ });
/** Returns the arguments of `docker buildx build`. They hold no tag: tags move once the image is proven. */
function buildxArgs(plan, { pushTo, push, index, metadataFile, directory }) {
    const many = (flag, values) => values.flatMap((value) => [flag, value]);
    const output = directory !== undefined
        ? ['--output', csv(['type=local', `dest=${directory}`])]
        : pushTo.length === 0
            ? ['--load']
            : [
                '--output',
                csv([
                    'type=image',
                    `name=${pushTo.join(',')}`,
                    'push-by-digest=true',
                    'name-canonical=true',
                    `push=${push}`,
                    // An older BuildKit leaves it unread. The engine's own builder refuses it.
                    ...(plan.rewriteTimestamps && plan.epochSeconds !== undefined
                        ? ['rewrite-timestamp=true']
                        : []),
                ]),
            ];
    const { options } = plan;
    // Attestations and annotations belong to an image: among files they would be files.
    const isImage = directory === undefined;
    return [
        'buildx',
        'build',
        '--progress=plain',
        ...(plan.builder ? ['--builder', plan.builder] : []),
        '--file',
        plan.dockerfile,
        ...(plan.platforms.length > 0 ? ['--platform', plan.platforms.join(',')] : []),
        ...many('--label', Object.entries(plan.labels).map(([key, value]) => `${key}=${value}`)),
        ...many('--build-context', Object.entries(plan.contexts ?? {}).map(([name, path]) => `${name}=${path}`)),
        ...many('--build-arg', plan.buildArgs),
        ...(index ? ['--build-arg', 'BUILDKIT_MULTI_PLATFORM=1'] : []),
        ...many('--secret', plan.buildSecrets),
        ...many('--cache-from', plan.cacheFrom),
        ...many('--cache-to', plan.cacheTo.map(tolerant)),
        ...many('--annotation', isImage ? (options?.annotations ?? []) : []),
        ...(options?.target ? ['--target', options.target] : []),
        ...many('--ssh', options?.ssh ?? []),
        ...(options?.pull ? ['--pull'] : []),
        ...(options?.noCache ? ['--no-cache'] : []),
        ...(options?.network ? ['--network', options.network] : []),
        // By default none: it holds the times of the build, so no digest would come twice, and may hold build arguments.
        `--provenance=${isImage ? (options?.provenance ?? 'false') : 'false'}`,
        ...(isImage && options && options.sbom !== 'false' ? [`--sbom=${options.sbom}`] : []),
        '--metadata-file',
        metadataFile,
        ...output,
        plan.context,
    ];
}
/** Makes buildx ignore a cache that can't be written: that costs the next build time, and is no reason to fail this one. */
function tolerant(cache) {
    const long = cache.includes('=') ? cache : `type=registry,ref=${cache}`;
    return /(?:^|,)(?:ignore-error=|type=inline)/.test(long) ? long : `${long},ignore-error=true`;
}
/** Returns the labels that say where an image comes from (OCI image specification, annotations). */
function provenanceLabels(source) {
    return {
        ...(source.url && { 'org.opencontainers.image.source': source.url }),
        ...(source.revision && { 'org.opencontainers.image.revision': source.revision }),
        ...(source.created && { 'org.opencontainers.image.created': source.created }),
    };
}
/** Joins fields as one line of CSV, which is how buildx reads the value of --output. */
function csv(fields) {
    return fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}


/***/ }),

/***/ 361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BM: () => (/* binding */ NODE_NAME),
/* harmony export */   Mf: () => (/* binding */ runnerPath),
/* harmony export */   V5: () => (/* binding */ serviceDirectories),
/* harmony export */   W_: () => (/* binding */ AS_LABEL),
/* harmony export */   _O: () => (/* binding */ nodeInstructions)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);

/**
 * On an image of a plugin node, some plugins' services as a container of their own on Tailchat's message bus: `node`. These
 * services are all that it loads, and it serves no files.
 */
const AS_LABEL = 'tailchat-plugin-deploy.as';
/** The name of the container, and of the Kubernetes Deployment. */
const NODE_NAME = 'tailchat-plugins';
/**
 * What SERVICEDIR is for a node: the runner splits it at commas, does not trim, and passes over in silence what is no
 * directory below server/dist (patches/moleculer@0.14.23.patch).
 * @throws when a name would mean something else there
 */
function serviceDirectories(plugins) {
    const wrong = plugins.find((name) => !/^[\w.+-]+$/.test(name));
    if (wrong !== undefined)
        throw new Error(`${JSON.stringify(wrong)} can't be loaded by a node of its own: its name must hold letters, digits, ., _, + and - only`);
    if (plugins.length === 0)
        throw new Error('no plugin has a service that a node could load');
    return plugins.map((name) => `plugins/${name}`).join(',');
}
/** Returns where the SDK's runner is in an image (server/packages/sdk/package.json, `bin`). */
function runnerPath(appDir) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(appDir, 'server/node_modules/tailchat-server-sdk/dist/runner/cli.js');
}
/**
 * Returns the last lines of a node's Dockerfile: it starts the SDK's runner without pnpm, which takes half of the memory.
 * @param appDir where the application lives in the image
 */
function nodeInstructions(appDir, plugins) {
    return `WORKDIR ${JSON.stringify(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(appDir, 'server/dist'))}
ENV SERVICEDIR=${serviceDirectories(plugins)}
CMD ${JSON.stringify(['node', runnerPath(appDir), '--config', 'moleculer.config.js'])}
`;
}


/***/ }),

/***/ 3524:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   It: () => (/* binding */ PREVIOUS_DIGEST_LABEL),
/* harmony export */   NP: () => (/* binding */ currentImage),
/* harmony export */   Yo: () => (/* binding */ isSameCode)
/* harmony export */ });
/* harmony import */ var _formats_image_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6137);
/* harmony import */ var _docker_registry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6009);
/* harmony import */ var _base_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4052);



/** The label that records the digest which the tags pointed at before: `mode: rollback` goes back to it. */
const PREVIOUS_DIGEST_LABEL = 'tailchat-plugin-deploy.previous-digest';
/** Returns the image that is being replaced: the one that the first existing tag points at. */
async function currentImage(docker, targets) {
    const target = targets.find(({ before }) => before !== undefined);
    if (target?.before === undefined)
        return undefined;
    const reference = `${(0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)(target.reference)}@${target.before}`;
    const labels = await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_0__/* .labelsOf */ .PC)(docker, reference);
    return { digest: target.before, reference, labels: labels ?? {} };
}
/**
 * Returns whether an image holds the same code as the one that is to be built, judged by the labels of both: one
 * commit can give two digests, and a rollback from one to the other would change nothing.
 * @returns `undefined` when the labels can't tell: changes that are in no commit, or no commit at all
 */
function isSameCode(current, next) {
    const revision = next[_base_js__WEBPACK_IMPORTED_MODULE_1__/* .REVISION_LABEL */ .P1];
    if (current[_base_js__WEBPACK_IMPORTED_MODULE_1__/* .REVISION_LABEL */ .P1] !== revision)
        return false;
    if (revision === undefined || !COMMIT.test(revision))
        return undefined;
    // Another tool's image of the commit need not have its plugins.
    if (current[PREVIOUS_DIGEST_LABEL] === undefined)
        return false;
    const bases = [current[_base_js__WEBPACK_IMPORTED_MODULE_1__/* .BASE_DIGEST_LABEL */ .m8], next[_base_js__WEBPACK_IMPORTED_MODULE_1__/* .BASE_DIGEST_LABEL */ .m8]];
    return bases.includes(undefined) || bases[0] === bases[1];
}
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;


/***/ })

};
