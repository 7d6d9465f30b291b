export const id = 379;
export const ids = [379];
export const modules = {

/***/ 1208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ within)
/* harmony export */ });
/**
 * Waits for something, and for so many seconds at most.
 * @throws what `late` makes when it takes longer
 */
async function within(work, seconds, late) {
    let timer;
    const deadline = new Promise((_, reject) => {
        timer = setTimeout(() => reject(late()), seconds * 1000);
    });
    try {
        return await Promise.race([work, deadline]);
    }
    finally {
        clearTimeout(timer);
    }
}


/***/ }),

/***/ 8379:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   removeLeftChrome: () => (/* binding */ removeLeftChrome),
/* harmony export */   withChrome: () => (/* binding */ withChrome)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _lib_interrupt_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1404);
/* harmony import */ var _lib_temporary_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4248);
/* harmony import */ var _lib_within_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1208);
/* harmony import */ var _find_chrome_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4249);
/* harmony import */ var _protocol_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3353);









/** The user `nobody`, who owns none of this user's files and processes. */
const NOBODY = 65534;
/** Until it answers; a machine with many other jobs takes seconds. */
const START_SECONDS = 60;
const END_SECONDS = 5;
/** What the scripts of a page may keep in memory: the client with 40 plugins takes a tenth of it. */
const HEAP_MEGABYTES = 1024;
/**
 * Starts a headless Chrome that can reach no network, and ends it when `work` is over. It keeps its own sandbox; where
 * this process is root, it runs as `nobody`. Of this process's environment it gets only the PATH.
 * @throws {NoChromeError} when it does not start
 */
async function withChrome({ executable, ownNetwork = true, onChrome }, work) {
    const isRoot = process.getuid?.() === 0;
    // A user who may not enter the runner's own temporary directory would find no profile there.
    return (0,_lib_temporary_js__WEBPACK_IMPORTED_MODULE_5__/* .withTemporaryDirectory */ .n)(async (directory) => {
        onChrome?.(directory);
        const hasNoNetwork = ownNetwork && isRoot && canUnshare();
        const child = start(executable, makeProfile(directory, isRoot), { isRoot, hasNoNetwork });
        if (child.pid !== undefined)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, PID_FILE), `${child.pid}`);
        const forget = (0,_lib_interrupt_js__WEBPACK_IMPORTED_MODULE_4__/* .onInterrupt */ .n)(() => killGroup(child.pid));
        const gone = new Promise((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
        const [, , , input, output] = child.stdio;
        const connection = (0,_protocol_js__WEBPACK_IMPORTED_MODULE_7__/* .connect */ .N)(input, output);
        try {
            const version = await versionOf(child, connection, executable);
            return await work({ ...connection, version, hasNoNetwork });
        }
        finally {
            await end(child, connection, gone);
            forget();
        }
    }, (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)());
}
/** In the directory of a Chrome: the number of its process and of its process group. */
const PID_FILE = 'pid';
/** The directory with all that Chrome writes; the one around it stays this user's. */
function makeProfile(directory, isRoot) {
    const profile = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, 'profile');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)(profile, { mode: 0o700 });
    if (isRoot) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.chmodSync)(directory, 0o711);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.chownSync)(profile, NOBODY, NOBODY);
    }
    return profile;
}
/**
 * Ends a Chrome that another process has left, and removes its files.
 * @param directory as `onChrome` was told
 */
function removeLeftChrome(directory) {
    const pid = Number(textOf((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(directory, PID_FILE)));
    // By now its number may be that of another process.
    if (pid > 1 && commandLineOf(pid).includes(directory))
        killGroup(pid);
    // What was ended a moment ago may still write.
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
function commandLineOf(pid) {
    const text = textOf(`/proc/${pid}/cmdline`);
    return text === '' ? (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawnSync)('ps', ['-o', 'args=', '-p', `${pid}`], { encoding: 'utf8' }).stdout : text;
}
function textOf(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(file, 'utf8');
    }
    catch {
        return '';
    }
}
/** Ends Chrome and all that it started, which are a process group of their own. */
function killGroup(pid) {
    if (pid === undefined)
        return;
    try {
        process.kill(-pid, 'SIGKILL');
    }
    catch {
        // It has ended.
    }
}
/**
 * Asks a Chrome what it calls itself, which is also the sign that it has started.
 * @throws {NoChromeError} with what it said, when it does not start
 */
async function versionOf(child, connection, executable) {
    const lastWords = [];
    child.stderr?.on('data', (chunk) => {
        lastWords.push(chunk.toString());
        if (lastWords.length > 20)
            lastWords.shift();
    });
    const failed = new Promise((_, reject) => {
        child.once('error', (error) => reject(new _find_chrome_js__WEBPACK_IMPORTED_MODULE_6__/* .NoChromeError */ .i(`${executable}: ${error.message}`)));
        child.once('exit', (code, signal) => reject(new _find_chrome_js__WEBPACK_IMPORTED_MODULE_6__/* .NoChromeError */ .i(`${executable} ended at once (${signal ?? `exit code ${code}`}): ${reasonIn(lastWords)}`)));
    });
    // From here on its end is no failure to start: what waits for it is told by the connection.
    failed.catch(() => undefined);
    const { product } = await (0,_lib_within_js__WEBPACK_IMPORTED_MODULE_8__/* .within */ .u)(Promise.race([connection.send('Browser.getVersion').catch(() => failed), failed]), START_SECONDS, () => new _find_chrome_js__WEBPACK_IMPORTED_MODULE_6__/* .NoChromeError */ .i(`${executable} gave no answer within ${START_SECONDS} s`));
    return String(product);
}
function start(executable, profile, { isRoot, hasNoNetwork }) {
    const nobody = `${NOBODY}`;
    const [command, ...args] = [
        ...(hasNoNetwork ? ['unshare', '--net', '--setgid', nobody, '--setuid', nobody, '--'] : []),
        executable,
        ...chromeArgs(profile),
    ];
    return (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(command, args, {
        cwd: profile,
        env: environment(profile),
        stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
        // A process group of its own, which can be ended as a whole.
        detached: true,
        ...(isRoot && !hasNoNetwork && { uid: NOBODY, gid: NOBODY }),
    });
}
/** Returns an environment without tokens and passwords, which plugins must not read. */
function environment(profile) {
    const home = { HOME: profile, TMPDIR: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile };
    return { ...home, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' };
}
function chromeArgs(profile) {
    return [
        '--headless',
        '--remote-debugging-pipe',
        `--user-data-dir=${profile}`,
        `--js-flags=--max-old-space-size=${HEAP_MEGABYTES}`,
        // What a page sends without a request that could be intercepted: WebSockets, workers, preconnects.
        '--host-resolver-rules=MAP * ~NOTFOUND',
        // And peer connections, which need no name.
        '--webrtc-ip-handling-policy=disable_non_proxied_udp',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-default-apps',
        '--disable-extensions',
        '--disable-sync',
        '--no-first-run',
        '--no-default-browser-check',
        '--no-pings',
        '--metrics-recording-only',
        '--mute-audio',
        '--password-store=basic',
        '--use-mock-keychain',
        '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication',
        // A container's /dev/shm is often too small, and a page would crash for it.
        '--disable-dev-shm-usage',
        'about:blank',
    ];
}
/** Whether a program can be given a network namespace, in which there is no network. */
function canUnshare() {
    const nobody = `${NOBODY}`;
    const args = ['--net', '--setgid', nobody, '--setuid', nobody, '--', 'true'];
    return (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawnSync)('unshare', args, { stdio: 'ignore', timeout: END_SECONDS * 1000 }).status === 0;
}
/** The line that says why, among those that Chrome writes about D-Bus and fonts. */
function reasonIn(words) {
    const lines = words
        .join('')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const line = lines.find((each) => /FATAL|sandbox|not supported|shared librar|No such file/i.test(each)) ?? lines.at(-1);
    return (line ?? 'it said nothing').replace(/^\[[^\]]*\]\s*/, '').slice(0, 300);
}
/** Asks it to end, and sees to it that it does. */
async function end(child, connection, gone) {
    connection.send('Browser.close').catch(() => undefined);
    await (0,_lib_within_js__WEBPACK_IMPORTED_MODULE_8__/* .within */ .u)(gone, END_SECONDS, () => new Error('still there')).catch(async () => {
        killGroup(child.pid);
        await gone;
    });
    connection.end('Chrome ended');
    for (const stream of child.stdio)
        stream?.destroy();
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

/***/ 3353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ connect),
/* harmony export */   t: () => (/* binding */ ConnectionEnded)
/* harmony export */ });
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6916);

/** Chrome has ended, or its pipe is closed. */
class ConnectionEnded extends Error {
}
/** Far more than a screenshot takes; what a page makes Chrome write beyond it is dropped, whatever it was. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/**
 * Speaks the DevTools protocol over the two pipes of `--remote-debugging-pipe`: JSON, a zero byte behind each message.
 * No port is open that anything else on the machine could connect to.
 */
function connect(input, output) {
    const pending = new Map();
    const listeners = new Set();
    let ended;
    let lastId = 0;
    let parts = [];
    let length = 0;
    const end = (reason) => {
        ended ??= reason;
        for (const { reject } of pending.values())
            reject(new ConnectionEnded(ended));
        pending.clear();
    };
    const receive = (text) => {
        const message = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(JSON.parse(text)) ?? {};
        const { id, method, params, result, error, sessionId } = message;
        if (typeof id === 'number') {
            const waiting = pending.get(id);
            pending.delete(id);
            if (error === undefined)
                waiting?.resolve((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(result) ?? {});
            else
                waiting?.reject(new Error(String((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(error)?.['message'])));
        }
        else if (typeof method === 'string') {
            const event = {
                method,
                params: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(params) ?? {},
                sessionId: typeof sessionId === 'string' ? sessionId : undefined,
            };
            for (const listener of [...listeners])
                listener(event);
        }
    };
    /** Keeps a part of a message. @returns whether the message is still short enough */
    const keep = (part) => {
        length += part.length;
        if (length > MAX_MESSAGE_BYTES)
            parts = [];
        else
            parts.push(part);
        return length <= MAX_MESSAGE_BYTES;
    };
    output.on('data', (chunk) => {
        let from = 0;
        for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, from)) {
            const text = keep(chunk.subarray(from, at)) ? Buffer.concat(parts).toString() : undefined;
            parts = [];
            length = 0;
            from = at + 1;
            if (text !== undefined)
                receive(text);
        }
        keep(chunk.subarray(from));
    });
    output.on('error', (error) => end(error.message));
    output.on('close', () => end('Chrome ended'));
    input.on('error', () => end('Chrome ended'));
    return {
        send: (method, params = {}, sessionId) => new Promise((resolve, reject) => {
            if (ended !== undefined) {
                reject(new ConnectionEnded(ended));
                return;
            }
            const id = ++lastId;
            pending.set(id, { resolve, reject });
            input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
        }),
        listen(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        end,
    };
}


/***/ })

};
