export const id = 309;
export const ids = [309];
export const modules = {

/***/ 4014:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E0: () => (/* binding */ RETRY_DELAYS),
/* harmony export */   ST: () => (/* binding */ runDocker),
/* harmony export */   cg: () => (/* binding */ builderFlag)
/* harmony export */ });
/* unused harmony export withoutSecrets */
/* harmony import */ var _lib_command_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5908);
/* harmony import */ var _lib_environment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7102);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1651);



/** Together half a minute: longer than a registry needs to restart, shorter than a person needs to look. */
const RETRY_DELAYS = [1000, 4000, 10_000, 15_000];
/**
 * Runs a docker command, again where a container registry failed in a way that passes (faults.ts). The command must
 * be one that can be repeated.
 * @returns what it wrote to standard output
 * @throws {CommandError} whose message is the cause that docker names, not a command line of many lines
 */
async function runDocker(docker, args, options) {
    const { timeoutSeconds, shown, env, input } = options;
    for (let tried = 0;; tried++) {
        try {
            return await (0,_lib_command_js__WEBPACK_IMPORTED_MODULE_0__/* .runCommand */ .d)('docker', args, {
                env: { ...(0,_lib_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .dockerTokens */ .R)(), ...docker.env, ...env },
                timeoutSeconds,
                ...(input !== undefined && { input }),
                ...(shown && { onLine: docker.onLine }),
            });
        }
        catch (error) {
            if (!(error instanceof _lib_command_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Q))
                throw error;
            const delay = docker.retryDelays[tried];
            if (delay === undefined || !(0,_faults_js__WEBPACK_IMPORTED_MODULE_2__/* .isPassing */ .W)(error))
                throw explained(error, args, tried);
            docker.onLine(`${(0,_faults_js__WEBPACK_IMPORTED_MODULE_2__/* .causeOf */ .r)(error)}: trying again in ${delay / 1000} s`);
            await new Promise((resolve) => setTimeout(resolve, delay));
        }
    }
}
/** The flag that names the builder to a command of buildx. */
function builderFlag({ builder }) {
    return builder ? ['--builder', builder] : [];
}
/** The same failure for a person: the cause first; the command, without what may be private, with the last lines. */
function explained(error, args, retries) {
    const flag = args.findIndex((arg) => arg.startsWith('-') || arg.includes(':'));
    const name = ['docker', ...args.slice(0, flag === -1 ? undefined : flag)].join(' ');
    const cause = (0,_faults_js__WEBPACK_IMPORTED_MODULE_2__/* .causeOf */ .r)(error) + (retries > 0 ? ` (tried ${retries + 1} times)` : '');
    const lines = [`$ ${['docker', ...withoutSecrets(args)].join(' ')}`, ...error.lastLines];
    return new _lib_command_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Q(name, error.exitCode, lines, cause);
}
/** Flags whose values may hold a password or a key. */
const PRIVATE_FLAGS = ['--build-arg', '--cache-from', '--cache-to'];
/** The arguments with the name, but not the value, of what may be private. */
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
 * What docker says was wrong: the last line that it calls an error, else its last line.
 * @returns one line, never empty
 */
function causeOf(error) {
    const lines = error.lastLines.map((line) => line.trim()).filter((line) => line !== '');
    const named = lines.findLast((line) => /^(?:ERROR|error|docker|Error response from daemon): ?/.test(line));
    const cause = (named ?? lines.at(-1) ?? '').replace(/^(?:ERROR|error|docker): ?/, '');
    // A command that was ended, or never began, says nothing of its own.
    if (cause === '' || error.exitCode === undefined)
        return error.outcome;
    return cause;
}
/**
 * What a container registry answers when it is overloaded or restarts, and what a network does: another try may
 * succeed. Everything else (no access, no such image, a name it refuses) stays as it is however often one asks.
 */
const PASSING = [
    /\b(?:429 Too Many Requests|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Time-?out)\b/i,
    /\btoomanyrequests\b/i,
    /\b(?:status|status code)\b\D{0,80}\b(?:429|500|502|503|504)\b/i,
    /\bconnection reset by peer\b|\bbroken pipe\b|\bEOF\b|\bi\/o timeout\b|\bTLS handshake timeout\b/,
    /\bhttp2: client connection lost\b|\bserver sent GOAWAY\b|\bserver closed idle connection\b/,
    // A token that ran out on the way: the next try asks for a new one.
    /\binvalid_token\b|\btoken (?:has |is )?expired\b/i,
];
/** Whether a docker command failed for a reason that passes. Of a build only its own failure counts, not what it ran. */
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





const REGISTRY_SECONDS = 5 * 60;
/**
 * The digest that a container registry has for a reference; `undefined` when it has no such tag or digest.
 * @throws {CommandError} when the registry can't be asked
 */
async function digestOf(docker, reference) {
    const manifest = await inspect(docker, reference, '{{json .Manifest}}');
    return manifest === undefined ? undefined : (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(manifest, 'digest');
}
/** The labels of an image in its container registry, of the first of its platforms; `undefined` without the image. */
async function labelsOf(docker, reference) {
    const config = await configOf(docker, reference);
    return config === undefined ? undefined : labelsOfConfig(config);
}
/** The configuration of an image in its container registry, of the first of its platforms; `undefined` without it. */
async function configOf(docker, reference) {
    const image = await inspect(docker, reference, '{{json .Image}}');
    if (image === undefined)
        return undefined;
    // One platform's configuration, or an object with one for each platform.
    const configurations = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(image, 'config') ? [image] : Object.values((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)(image) ?? {});
    const configs = configurations.map((each) => (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(each, 'config'));
    return configs.find((each) => (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(each, 'Labels')) ?? configs[0] ?? {};
}
/** The labels in the configuration of an image. */
function labelsOfConfig(config) {
    const labels = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(config, 'Labels')) ?? {};
    return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}
/**
 * Points a tag at an image that the same repository of the container registry has already, by its digest.
 * Nothing is pushed but a manifest, and that as it is, so the digest stays; only a single manifest is wrapped into
 * an index, with a digest of its own, by buildx before 0.15.
 */
async function pointTag(docker, reference, digest) {
    const command = await pointTagCommand(docker);
    await (0,_docker_js__WEBPACK_IMPORTED_MODULE_2__/* .runDocker */ .ST)(docker, command(reference, digest), { timeoutSeconds: REGISTRY_SECONDS });
}
/** Gives the arguments of docker for pointTag, as this buildx wants them. */
async function pointTagCommand(docker) {
    const create = ['buildx', 'imagetools', 'create'];
    const help = await (0,_docker_js__WEBPACK_IMPORTED_MODULE_2__/* .runDocker */ .ST)(docker, [...create, '--help'], { timeoutSeconds: REGISTRY_SECONDS });
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
        const text = await (0,_docker_js__WEBPACK_IMPORTED_MODULE_2__/* .runDocker */ .ST)(docker, args, { timeoutSeconds: REGISTRY_SECONDS });
        return JSON.parse(text);
    }
    catch (error) {
        if (error instanceof _lib_command_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Q && isMissing(error))
            return undefined;
        throw error;
    }
}
/** No such tag, or no such repository yet: both are the answer 404. */
function isMissing(error) {
    return /: not found$|\bmanifest unknown\b|\bname unknown\b|\bNAME_UNKNOWN\b/i.test((0,_faults_js__WEBPACK_IMPORTED_MODULE_4__/* .causeOf */ .r)(error));
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








/** A full Tailchat build for two platforms under emulation takes long; none takes this long. */
const BUILD_SECONDS = 3 * 60 * 60;
const PUSH_SECONDS = 60 * 60;
const ENGINE_SECONDS = 5 * 60;
/**
 * Builds the image. Nothing gets a tag: a builder that can do so pushes the image by its digest alone; the engine's
 * own builder (buildx driver `docker`) can't, so there it stays in the engine until its tags are pushed.
 *
 * The image records its predecessor, and yet the same input gives the same digest: it is first built as if it were
 * the current image's own successor in place. Only when that is another image than the current one does it name the
 * current one as its predecessor, which the cache makes cheap: a label changes no layer.
 * @param names image names without a tag; empty: the image is not pushed
 * @param epochSeconds time that buildx gives the files it creates, for builds that can be repeated
 * @throws {CommandError} when buildx fails
 */
async function buildImage(docker, plan, names, epochSeconds, current) {
    const driver = await driverOf(docker);
    const byDigest = names.length > 0 && driver !== 'docker';
    if (!byDigest && driver !== 'docker' && plan.platforms.length > 1)
        throw new Error(`without a push the image is loaded into the engine, and a builder with the driver ${driver} can load one platform only: set platforms to one, or leave push at true`);
    const index = byDigest || (driver === 'docker' && (await engineKeepsIndexes(docker)));
    const build = (push, previousDigest) => 
    // A build that only finds out the digest need not write the caches as well.
    runBuild(docker, withPredecessor(push ? plan : { ...plan, cacheTo: [] }, previousDigest), epochSeconds, {
        pushTo: byDigest ? names : [],
        push,
        index,
    });
    let previousDigest = current?.previousDigest;
    if (current && (await build(false, previousDigest)).digest !== current.digest)
        previousDigest = current.digest;
    const built = await build(true, previousDigest);
    if (byDigest)
        return { digest: built.digest, reference: `${names[0]}@${built.digest}`, pushed: true };
    return { digest: built.digest, reference: await loadedReference(docker, built), pushed: false };
}
/** Builds what the last stage of a Dockerfile holds, as files in a directory. */
async function buildFiles(docker, plan, epochSeconds, directory) {
    await (0,_lib_temporary_js__WEBPACK_IMPORTED_MODULE_2__/* .withTemporaryDirectory */ .n)(async (temporary) => {
        const output = { pushTo: [], push: false, index: false, directory };
        await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, (0,_buildx_args_js__WEBPACK_IMPORTED_MODULE_7__/* .buildxArgs */ .w)(plan, { ...output, metadataFile: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(temporary, 'metadata.json') }), {
            ...(epochSeconds !== undefined && { env: { SOURCE_DATE_EPOCH: String(epochSeconds) } }),
            timeoutSeconds: BUILD_SECONDS,
            shown: true,
        });
    });
}
/** Without a predecessor the label is empty: that of the image it is made FROM would be inherited. */
function withPredecessor(plan, previousDigest = '') {
    return { ...plan, labels: { ...plan.labels, [_predecessor_js__WEBPACK_IMPORTED_MODULE_5__/* .PREVIOUS_DIGEST_LABEL */ .I]: previousDigest } };
}
async function runBuild(docker, plan, epochSeconds, output) {
    return (0,_lib_temporary_js__WEBPACK_IMPORTED_MODULE_2__/* .withTemporaryDirectory */ .n)(async (directory) => {
        const metadataFile = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'metadata.json');
        await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, (0,_buildx_args_js__WEBPACK_IMPORTED_MODULE_7__/* .buildxArgs */ .w)(plan, { ...output, metadataFile }), {
            ...(epochSeconds !== undefined && { env: { SOURCE_DATE_EPOCH: String(epochSeconds) } }),
            timeoutSeconds: BUILD_SECONDS,
            shown: true,
        });
        const metadata = JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(metadataFile, 'utf8'));
        const digest = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringAt */ .bX)(metadata, 'containerimage.digest');
        if (digest === undefined)
            throw new Error('buildx named no digest for the image');
        return { digest, configDigest: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_3__/* .stringAt */ .bX)(metadata, 'containerimage.config.digest') };
    });
}
async function driverOf(docker) {
    const { builder } = docker;
    const text = await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['buildx', 'inspect', ...(builder ? [builder] : [])], {
        timeoutSeconds: ENGINE_SECONDS,
    });
    return /^Driver:\s*(\S+)/m.exec(text)?.[1];
}
/** Whether the engine has the containerd image store, which holds an index as a container registry does. */
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
/** Gets an image of the container registry into the engine, where it can be run. */
async function pullImage(docker, reference) {
    await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['pull', '--quiet', reference], { timeoutSeconds: PUSH_SECONDS });
}
/** Points one tag at the image, wherever the image is, and gives the digest that the tag has then. */
async function publishTag(docker, image, reference) {
    if (image.pushed)
        await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_6__/* .pointTag */ .Ho)(docker, reference, image.digest);
    else {
        await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['tag', image.reference, reference], { timeoutSeconds: ENGINE_SECONDS });
        await (0,_docker_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .runDocker */ .ST)(docker, ['push', '--quiet', reference], { timeoutSeconds: PUSH_SECONDS });
    }
    const digest = await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_6__/* .digestOf */ .ol)(docker, reference);
    if (digest === undefined)
        throw new Error(`it was pushed, and its container registry does not have it`);
    return digest;
}


/***/ }),

/***/ 3439:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ provenanceLabels),
/* harmony export */   w: () => (/* binding */ buildxArgs)
/* harmony export */ });
/** The arguments of `docker buildx build`. No tag is among them: tags move once the image is proven. */
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
                ]),
            ];
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
        // An attestation names the build's own times, so that no digest would come twice, and may hold build arguments.
        '--provenance=false',
        '--metadata-file',
        metadataFile,
        ...output,
        plan.context,
    ];
}
/** A cache that can't be written costs time in the next build; it is no reason to throw this one away. */
function tolerant(cache) {
    const long = cache.includes('=') ? cache : `type=registry,ref=${cache}`;
    return /(?:^|,)(?:ignore-error=|type=inline)/.test(long) ? long : `${long},ignore-error=true`;
}
/** The labels that say where an image comes from (OCI image specification, annotations). */
function provenanceLabels(source) {
    return {
        ...(source.url && { 'org.opencontainers.image.source': source.url }),
        ...(source.revision && { 'org.opencontainers.image.revision': source.revision }),
        ...(source.created && { 'org.opencontainers.image.created': source.created }),
    };
}
/** buildx reads the value of --output as one line of CSV: fields with a comma are quoted. */
function csv(fields) {
    return fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}


/***/ }),

/***/ 3524:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ PREVIOUS_DIGEST_LABEL),
/* harmony export */   N: () => (/* binding */ currentImage)
/* harmony export */ });
/* harmony import */ var _formats_image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6137);
/* harmony import */ var _docker_registry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6009);


/** Label of an image: the digest that its tags pointed at before it, where `mode: rollback` goes back to. */
const PREVIOUS_DIGEST_LABEL = 'tailchat-plugin-deploy.previous-digest';
/** The image that is being replaced: that of the first tag that is there already. */
async function currentImage(docker, targets) {
    const target = targets.find(({ before }) => before !== undefined);
    if (target?.before === undefined)
        return undefined;
    const labels = await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_0__/* .labelsOf */ .PC)(docker, `${(0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(target.reference)}@${target.before}`);
    return { digest: target.before, previousDigest: labels?.[PREVIOUS_DIGEST_LABEL] || undefined };
}


/***/ })

};
