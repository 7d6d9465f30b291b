export const id = 539;
export const ids = [539];
export const modules = {

/***/ 4539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   copyFiles: () => (/* binding */ copyFiles),
/* harmony export */   copyFromImage: () => (/* binding */ copyFromImage),
/* harmony export */   putFile: () => (/* binding */ putFile),
/* harmony export */   removeLeft: () => (/* binding */ removeLeft),
/* harmony export */   withContainer: () => (/* binding */ withContainer)
/* harmony export */ });
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


/***/ })

};
