export const id = 628;
export const ids = [628];
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

/***/ 8247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  browser: () => (/* binding */ browser_browser),
  browserByItself: () => (/* binding */ browserByItself),
  browserOfBundles: () => (/* binding */ browserOfBundles),
  requireBrowser: () => (/* binding */ requireBrowser)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/docker/copy.js
var copy = __webpack_require__(4539);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __webpack_require__(2184);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./.build/src/lib/interrupt.js
var interrupt = __webpack_require__(1404);
;// CONCATENATED MODULE: ./.build/src/lib/within.js
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

// EXTERNAL MODULE: ./.build/src/proof/browser/find-chrome.js
var find_chrome = __webpack_require__(4249);
// EXTERNAL MODULE: ./.build/src/formats/json.js
var json = __webpack_require__(6916);
;// CONCATENATED MODULE: ./.build/src/proof/browser/protocol.js

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
        const message = (0,json/* asObject */.eB)(JSON.parse(text)) ?? {};
        const { id, method, params, result, error, sessionId } = message;
        if (typeof id === 'number') {
            const waiting = pending.get(id);
            pending.delete(id);
            if (error === undefined)
                waiting?.resolve((0,json/* asObject */.eB)(result) ?? {});
            else
                waiting?.reject(new Error(String((0,json/* asObject */.eB)(error)?.['message'])));
        }
        else if (typeof method === 'string') {
            const event = {
                method,
                params: (0,json/* asObject */.eB)(params) ?? {},
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

;// CONCATENATED MODULE: ./.build/src/proof/browser/chrome.js









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
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        onChrome?.(directory);
        const hasNoNetwork = ownNetwork && isRoot && canUnshare();
        const child = start(executable, makeProfile(directory, isRoot), { isRoot, hasNoNetwork });
        if (child.pid !== undefined)
            (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(directory, PID_FILE), `${child.pid}`);
        const forget = (0,interrupt/* onInterrupt */.n)(() => killGroup(child.pid));
        const gone = new Promise((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
        const [, , , input, output] = child.stdio;
        const connection = connect(input, output);
        try {
            const version = await versionOf(child, connection, executable);
            return await work({ ...connection, version, hasNoNetwork });
        }
        finally {
            await end(child, connection, gone);
            forget();
        }
    }, (0,external_node_os_.tmpdir)());
}
/** In the directory of a Chrome: the number of its process and of its process group. */
const PID_FILE = 'pid';
/** The directory with all that Chrome writes; the one around it stays this user's. */
function makeProfile(directory, isRoot) {
    const profile = (0,external_node_path_.join)(directory, 'profile');
    (0,external_node_fs_.mkdirSync)(profile, { mode: 0o700 });
    if (isRoot) {
        (0,external_node_fs_.chmodSync)(directory, 0o711);
        (0,external_node_fs_.chownSync)(profile, NOBODY, NOBODY);
    }
    return profile;
}
/**
 * Ends a Chrome that another process has left, and removes its files.
 * @param directory as `onChrome` was told
 */
function removeLeftChrome(directory) {
    const pid = Number(textOf(join(directory, PID_FILE)));
    // By now its number may be that of another process.
    if (pid > 1 && commandLineOf(pid).includes(directory))
        killGroup(pid);
    // What was ended a moment ago may still write.
    rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
function commandLineOf(pid) {
    const text = textOf(`/proc/${pid}/cmdline`);
    return text === '' ? spawnSync('ps', ['-o', 'args=', '-p', `${pid}`], { encoding: 'utf8' }).stdout : text;
}
function textOf(file) {
    try {
        return readFileSync(file, 'utf8');
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
        child.once('error', (error) => reject(new find_chrome/* NoChromeError */.i(`${executable}: ${error.message}`)));
        child.once('exit', (code, signal) => reject(new find_chrome/* NoChromeError */.i(`${executable} ended at once (${signal ?? `exit code ${code}`}): ${reasonIn(lastWords)}`)));
    });
    // From here on its end is no failure to start: what waits for it is told by the connection.
    failed.catch(() => undefined);
    const { product } = await within(Promise.race([connection.send('Browser.getVersion').catch(() => failed), failed]), START_SECONDS, () => new find_chrome/* NoChromeError */.i(`${executable} gave no answer within ${START_SECONDS} s`));
    return String(product);
}
function start(executable, profile, { isRoot, hasNoNetwork }) {
    const nobody = `${NOBODY}`;
    const [command, ...args] = [
        ...(hasNoNetwork ? ['unshare', '--net', '--setgid', nobody, '--setuid', nobody, '--'] : []),
        executable,
        ...chromeArgs(profile),
    ];
    return (0,external_node_child_process_.spawn)(command, args, {
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
    return (0,external_node_child_process_.spawnSync)('unshare', args, { stdio: 'ignore', timeout: END_SECONDS * 1000 }).status === 0;
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
    await within(gone, END_SECONDS, () => new Error('still there')).catch(async () => {
        killGroup(child.pid);
        await gone;
    });
    connection.end('Chrome ended');
    for (const stream of child.stdio)
        stream?.destroy();
}

;// CONCATENATED MODULE: ./.build/src/formats/source-map.js

const DIGITS = new Map([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((c, i) => [c, i]));
/**
 * Finds where a place of generated code came from, by a source map of version 3.
 * @param text the map
 * @param line from 1, as `column`
 * @returns `undefined` where the map does not know, or is none
 */
function originalPlace(text, line, column) {
    let map;
    try {
        map = (0,json/* asObject */.eB)(JSON.parse(text));
    }
    catch {
        return undefined;
    }
    const { sources, mappings } = map ?? {};
    if (!Array.isArray(sources) || typeof mappings !== 'string')
        return undefined;
    let [source, sourceLine, sourceColumn] = [0, 0, 0];
    let found;
    for (const [index, segments] of mappings.split(';').entries()) {
        if (index >= line)
            break;
        let generated = 0;
        for (const segment of segments.split(',')) {
            const [byColumn, bySource, byLine, bySourceColumn] = decode(segment);
            if (byColumn === undefined)
                continue;
            generated += byColumn;
            if (index === line - 1 && generated > column - 1)
                return found;
            source += bySource ?? 0;
            sourceLine += byLine ?? 0;
            sourceColumn += bySourceColumn ?? 0;
            const name = sources[source];
            if (index === line - 1 && bySource !== undefined && typeof name === 'string')
                found = { source: name, line: sourceLine + 1, column: sourceColumn + 1 };
        }
    }
    return found;
}
/** The numbers of a segment (base 64 VLQ); none where it is not valid. */
function decode(segment) {
    const numbers = [];
    let [value, shift] = [0, 0];
    for (const character of segment) {
        const digit = DIGITS.get(character);
        if (digit === undefined || shift > 30)
            return [];
        value += (digit & 31) * 2 ** shift;
        if (digit & 32)
            shift += 5;
        else {
            numbers.push(value % 2 ? -Math.floor(value / 2) : value / 2);
            [value, shift] = [0, 0];
        }
    }
    return numbers;
}

// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __webpack_require__(5312);
;// CONCATENATED MODULE: ./.build/src/proof/browser/site.js





/** The address under which the page believes to be; `.invalid` is no host anywhere (RFC 6761). */
const ORIGIN = 'https://tailchat.invalid';
/** More than any file that a web client loads at its start. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const TYPES = {
    '.css': 'text/css; charset=utf-8',
    '.gif': 'image/gif',
    '.html': 'text/html; charset=utf-8',
    '.ico': 'image/x-icon',
    '.jpeg': 'image/jpeg',
    '.jpg': 'image/jpeg',
    '.js': 'application/javascript; charset=utf-8',
    '.json': 'application/json; charset=utf-8',
    '.map': 'application/json; charset=utf-8',
    '.md': 'text/markdown; charset=utf-8',
    '.mjs': 'application/javascript; charset=utf-8',
    '.mp3': 'audio/mpeg',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.ttf': 'font/ttf',
    '.wasm': 'application/wasm',
    '.wav': 'audio/x-wav',
    '.webp': 'image/webp',
    '.woff': 'font/woff',
    '.woff2': 'font/woff2',
};
/**
 * Answers as Tailchat's gateway does (server/services/core/gateway.service.ts): with the file of its public directory,
 * and for a path that is no file with the client's page. There is no server behind it, so `/api/` is not found.
 * @param root the public directory of an image, with its symbolic links resolved
 */
function answer(root, pathname) {
    if (pathname === '/api' || pathname.startsWith('/api/'))
        return { status: 404, type: TYPES['.json'] ?? '', body: Buffer.from('{"code":404}'), isFallback: false };
    const body = readPublicFile(root, pathname === '/' ? '/index.html' : pathname);
    if (body)
        return {
            status: 200,
            type: pathname === '/'
                ? (TYPES['.html'] ?? '')
                : (TYPES[(0,external_node_path_.extname)(pathname).toLowerCase()] ?? 'application/octet-stream'),
            body,
            isFallback: false,
        };
    const page = readPublicFile(root, '/index.html');
    return {
        status: page ? 200 : 404,
        type: TYPES['.html'] ?? '',
        body: page ?? Buffer.alloc(0),
        isFallback: true,
    };
}
/**
 * Reads a file of the public directory; `undefined` when it is none. The directory came out of an image, where a
 * symbolic link may lead anywhere, and would lead into this machine here.
 * @param pathname of a url: percent-encoded, beginning with a slash
 */
function readPublicFile(root, pathname) {
    try {
        const path = (0,external_node_fs_.realpathSync)((0,external_node_path_.join)(root, decodeURIComponent(pathname)));
        const stat = (0,external_node_fs_.statSync)(path);
        return (0,files/* isInside */.FK)(root, path) && stat.isFile() && stat.size <= MAX_FILE_BYTES
            ? (0,external_node_fs_.readFileSync)(path)
            : undefined;
    }
    catch {
        return undefined;
    }
}
/** What both plugin registry files of an image offer, each name once, in their order. */
function offeredManifests(root) {
    const manifests = new Map();
    for (const file of ['/registry.json', '/registry-be.json']) {
        const list = parsed(readPublicFile(root, file)?.toString());
        for (const each of Array.isArray(list) ? list : []) {
            const manifest = (0,json/* asObject */.eB)(each);
            const { name, url, icon } = manifest ?? {};
            if (typeof name === 'string' && typeof url === 'string' && !manifests.has(name))
                manifests.set(name, { ...manifest, name, url, ...(typeof icon === 'string' && { icon }) });
        }
    }
    return [...manifests.values()];
}
function parsed(text) {
    try {
        return text === undefined ? undefined : JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/**
 * The chunks that a plugin's bundle names, at every depth: what it can load later. Relative to the plugin's directory,
 * sorted, without `index.js` itself; what it names and is not there is left out.
 */
function chunksOf(root, plugin) {
    const directory = `/plugins/${encodeURIComponent(plugin)}`;
    const files = new Set(javaScriptBelow(root, plugin));
    const seen = new Set(['index.js']);
    for (const file of seen) {
        const text = readPublicFile(root, `${directory}/${file.split('/').map(encodeURIComponent).join('/')}`)?.toString() ??
            '';
        for (const [, name = ''] of text.matchAll(/["'](\.{1,2}\/[^"'\\\s]{1,200})["']/g)) {
            const path = new URL(name, `${ORIGIN}/${file}`).pathname.slice(1);
            const found = [path, `${path}.js`].find((each) => files.has(each));
            if (found !== undefined)
                seen.add(found);
        }
    }
    seen.delete('index.js');
    return [...seen].sort(lib_text/* compare */.UD);
}
function javaScriptBelow(root, plugin) {
    try {
        const directory = (0,external_node_fs_.realpathSync)((0,external_node_path_.join)(root, 'plugins', plugin));
        if (!(0,files/* isInside */.FK)(root, directory))
            return [];
        return (0,external_node_fs_.readdirSync)(directory, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
            .map((entry) => (0,external_node_path_.join)(entry.parentPath, entry.name).slice(directory.length + 1));
    }
    catch {
        return [];
    }
}
/** The plugin to whose directory a url leads; `undefined` for any other. */
function pluginOfUrl(url) {
    const [, name] = /^[a-z]+:\/\/[^/]+\/plugins\/([^/?#]+)\//.exec(url) ?? [];
    try {
        return name === undefined ? undefined : decodeURIComponent(name);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./.build/src/proof/browser/fault.js


/** The id under which the client knows the module of a file of a plugin (mini-star). */
function moduleId(plugin, file = 'index.js') {
    return file === 'index.js' ? `@plugins/${plugin}` : `@plugins/${plugin}/${file}`;
}
/** The plugin to which a module belongs; `undefined` for one of the client. */
function pluginOfModule(id) {
    return /^@plugins\/([^/]+)/.exec(id)?.[1];
}
/** What is wrong with a module that was asked for; `undefined` where it evaluates. */
function faultOf(plugin, file, page) {
    const id = moduleId(plugin, file);
    const verdict = page.verdicts.get(id);
    if (page.verdicts.has(id) && verdict === undefined)
        return undefined;
    const thrown = page.threw.get(id);
    if (thrown)
        return { cause: 'threw', detail: thrown.message, ...placeIn(thrown, plugin) };
    const unregistered = /^\[([^\]]*)\] Cannot load, please checkout your code/.exec(verdict?.message ?? '');
    if (unregistered)
        return { cause: 'unregistered-module', detail: unregistered[1] ?? '' };
    const own = page.defined.filter(({ script }) => script.startsWith(scriptUrl(plugin, file)));
    const needed = new Set([file, ...page.defined.filter((each) => each.id === id).flatMap(filesOf)]);
    const missing = page.missing.find((path) => [...needed].some((each) => scriptUrl(plugin, each) === `${ORIGIN}${path}`));
    if (missing !== undefined)
        return { cause: 'missing-file', detail: missing };
    const others = own.map((each) => each.id).filter((each) => each !== id);
    if (own.length === others.length && others.length > 0)
        return { cause: 'other-name', detail: others.join(', ') };
    const exception = page.exceptions.find(({ url }) => url.startsWith(scriptUrl(plugin, file)));
    if (exception && own.length === 0) {
        const { message, line, column } = exception;
        return {
            cause: 'script-fails',
            detail: message,
            at: { path: new URL(exception.url).pathname, line, column },
        };
    }
    const neededPlugins = page.defined
        .filter((each) => each.id === id)
        .flatMap(({ dependencies }) => dependencies.flatMap((each) => pluginOfModule(each) ?? []))
        .filter((each) => each !== plugin);
    const failing = neededPlugins.find((each) => page.verdicts.get(moduleId(each)));
    if (failing !== undefined)
        return { cause: 'dependency-fails', detail: failing };
    if (!verdict)
        return { cause: 'never-ready', detail: neededPlugins.join(', ') };
    if (verdict.message === '')
        return { cause: 'not-loaded', detail: '' };
    const [, undefinedId] = /^Cannot load script: (.*)/.exec(verdict.message) ?? [];
    if (undefinedId === id)
        return { cause: 'other-name', detail: '' };
    if (undefinedId !== undefined)
        return { cause: 'not-loaded', detail: undefinedId };
    return { cause: 'threw', detail: verdict.message, ...placeIn(verdict, plugin) };
}
/** The files of a plugin that a module of it needs before it is evaluated. */
function filesOf({ id, dependencies }) {
    const from = id.endsWith('.js') ? id : `${id}/`;
    return dependencies
        .filter((each) => /^\.{1,2}\//.test(each))
        .map((each) => new URL(each, `${ORIGIN}/${from}`).pathname.split('/').slice(3).join('/'))
        .map((path) => (path.endsWith('.js') ? path : `${path}.js`));
}
function scriptUrl(plugin, file) {
    return new URL(`/plugins/${plugin}/${file}`, ORIGIN).href;
}
/** The innermost place of a stack in the plugin's own code, else in any plugin's. */
function placeIn({ stack }, plugin) {
    const places = [
        ...stack.matchAll(/(https:\/\/tailchat\.invalid\/plugins\/[^\s():]{1,300}):(\d{1,9}):(\d{1,9})/g),
    ];
    const place = places.find(([, url = '']) => pluginOfUrl(url) === plugin) ?? places[0];
    if (!place)
        return {};
    const [, url = '', line, column] = place;
    return { at: { path: new URL(url).pathname, line: Number(line), column: Number(column) } };
}
/**
 * Adds the place in the source to a fault, where the image has a source map.
 * @param root the public directory of the image, with its symbolic links resolved
 */
function withSource(root, fault) {
    if (!fault.at)
        return fault;
    const { path, line, column } = fault.at;
    const place = originalPlace(readPublicFile(root, `${path}.map`)?.toString() ?? '', line, column);
    if (!place || !URL.canParse(place.source, ORIGIN + path))
        return fault;
    const { pathname } = new URL(place.source, ORIGIN + path);
    return { ...fault, source: { path: pathname, line: place.line, column: place.column } };
}

;// CONCATENATED MODULE: ./.build/src/proof/browser/damage.js


/** How often the whole is loaded again without a plugin that damages the page, and how many suspects are tried alone. */
const MAX_ROUNDS = 5;
/** Takes out the plugins that break the page for all others, one after another. */
async function takeOutDamaging(loader, whole) {
    const damaging = new Map();
    let client;
    let page = whole;
    while (isBroken(page) && damaging.size < MAX_ROUNDS) {
        client ??= await loader.load(() => false);
        if (!isWorse(page, client))
            break;
        const culprit = await findDamaging(loader, { whole, page, client, damaging });
        if (!culprit)
            break;
        damaging.set(...culprit);
        page = await loader.load((plugin) => !damaging.has(plugin));
    }
    return { whole, page, client, damaging };
}
/** Whether something is wrong with the whole page. */
function isBroken(page) {
    return page.end !== 'rendered' || page.leaving.includes(undefined);
}
/** Whether a page is broken in a way in which it is not without any plugin. */
function isWorse(page, client) {
    const ends = page.end !== 'rendered' && page.end !== client.end;
    return ends || (page.leaving.includes(undefined) && !client.leaving.includes(undefined));
}
/** The plugin that keeps the page from being what it is without any. */
async function findDamaging(loader, { page, client, damaging }) {
    const candidates = loader.loadedIn(page).filter((plugin) => !damaging.has(plugin));
    for (const plugin of suspectsIn(page, candidates).slice(0, MAX_ROUNDS)) {
        const alone = await loader.loadOnly([plugin], page);
        if (isWorse(alone, client))
            return [plugin, damageOf(plugin, alone)];
    }
    const found = await bisect(candidates, async (plugins) => isWorse(await loader.loadOnly(plugins, page), client));
    return found === undefined ? undefined : [found, damageOf(found, await loader.loadOnly([found], page))];
}
/** The plugins that most likely did it, the first one before all. */
function suspectsIn(page, candidates) {
    const begun = [...page.open, ...page.begun.slice(-1)].map(pluginOfModule);
    const isDefined = (plugin) => page.defined.some(({ id }) => pluginOfModule(id) === plugin);
    // A page that was never asked for its modules tells nothing of any of them.
    const isFaulty = (plugin) => page.verdicts.size > 0 && faultOf(plugin, 'index.js', page) !== undefined;
    return (0,lib_text/* unique */.Am)([
        ...candidates.filter((plugin) => begun.includes(plugin)),
        ...candidates.filter((plugin) => page.requested.includes(plugin) && !isDefined(plugin)),
        ...candidates.filter(isFaulty),
    ]);
}
/** What a plugin does to a page that it has for itself. */
function damageOf(plugin, page) {
    switch (page.end) {
        case 'hung':
            return { cause: 'hangs', detail: page.open[0] ?? '' };
        case 'crashed':
            return { cause: 'crashes', detail: '' };
        case 'left':
            return { cause: 'leaves-page', detail: '' };
        default: {
            const fault = faultOf(plugin, 'index.js', page);
            const isEvaluated = fault?.cause === 'never-ready' && page.begun.includes(moduleId(plugin));
            // Where it was evaluated and the client never came to say so, it is the client that suffers.
            return !fault || isEvaluated ? harmOf(page) : fault;
        }
    }
}
function harmOf({ leaving, exceptions }) {
    return leaving.length > 0
        ? { cause: 'leaves-page', detail: '' }
        : { cause: 'blocks-page', detail: exceptions[0]?.message ?? '' };
}
/**
 * Halves a list until one entry is left with which it is bad; `undefined` where no half is by itself.
 * @param isBad of the whole list it is known
 */
async function bisect(all, isBad) {
    if (all.length < 2)
        return all[0];
    const middle = Math.ceil(all.length / 2);
    for (const half of [all.slice(0, middle), all.slice(middle)])
        if (await isBad(half))
            return bisect(half, isBad);
    return undefined;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(8816);
;// CONCATENATED MODULE: ./.build/src/proof/browser/page-result.js
/** Enough for a machine that does many other things at the same time. */
const PATIENCE = { hangSeconds: 20, idleAnswers: 100, totalSeconds: 180 };
/** The limit of each kind of message from a page: one that sends more is hostile or broken. */
const MAX_TOLD = 5000;
/** And the limit of all of them together, in characters: each may be as long as a page likes. */
const MAX_TOLD_CHARACTERS = 32 * 1024 * 1024;
/** Returns what a page showed that has not done anything yet. */
function emptyResult() {
    return {
        end: 'idle',
        requested: [],
        defined: [],
        open: [],
        begun: [],
        threw: new Map(),
        verdicts: new Map(),
        exceptions: [],
        missing: [],
        contacts: [],
        leaving: [],
        brokenIcons: [],
    };
}

;// CONCATENATED MODULE: ./.build/src/proof/browser/page-requests.js



/** Keeps which plugin a request or a WebSocket comes from, and which host it is for, before anything is answered. */
function keepRequest(page, params, isSocket) {
    const { initiators } = page;
    const plugin = pluginOfInitiator(params['initiator']);
    const url = String(params['url'] ?? (0,json/* asObject */.eB)(params['request'])?.['url']);
    if (plugin !== undefined && initiators.size < MAX_TOLD)
        initiators.set(String(params['requestId']), plugin);
    if (isSocket || (URL.canParse(url) && !isServed(page, url)))
        keepContact(page, url, plugin);
}
/** Answers a request from the public directory, or lets it fail. */
function answerRequest(page, params) {
    const { requestId, networkId } = params;
    const url = String((0,json/* asObject */.eB)(params['request'])?.['url']);
    const initiator = typeof networkId === 'string' ? page.initiators.get(networkId) : undefined;
    const fail = (errorReason) => void page.send('Fetch.failRequest', { requestId, errorReason }).catch(() => undefined);
    if (isLeaving(page, params)) {
        if (page.result.leaving.length < MAX_TOLD)
            page.result.leaving.push(initiator);
        if (!url.startsWith(`${ORIGIN}/`))
            keepContact(page, url, initiator);
        fail('Aborted');
    }
    else if (!URL.canParse(url) || !isServed(page, url)) {
        keepContact(page, url, initiator);
        fail('NameNotResolved');
    }
    else
        fulfil(page, requestId, answerTo(page, url));
}
/** Whether the request would take the page to another address: its own document is asked for only once. */
function isLeaving(page, { resourceType, frameId }) {
    if (resourceType !== 'Document' || frameId !== page.frame)
        return false;
    const isFirst = !page.hasStarted;
    page.hasStarted = true;
    return !isFirst;
}
function isServed({ task }, url) {
    const { origin, pathname } = new URL(url);
    // A client that is built for a server of another address asks there for `{BACKEND}`'s plugins.
    return (origin === ORIGIN ||
        (pathname.startsWith('/plugins/') && readPublicFile(task.root, pathname) !== undefined));
}
function answerTo({ task, result }, url) {
    const { pathname } = new URL(url);
    const plugin = pluginOfUrl(url);
    if (plugin === undefined)
        return answer(task.root, pathname);
    if (pathname.endsWith('/index.js') && !result.requested.includes(plugin))
        result.requested.push(plugin);
    if (pathname.endsWith('.js') && !task.isLoaded(plugin))
        return emptyPlugin(plugin);
    const file = answer(task.root, pathname);
    if (file.isFallback && result.missing.length < MAX_TOLD)
        result.missing.push(pathname);
    return file;
}
/** Returns an empty plugin, in place of one that is left out. */
function emptyPlugin(plugin) {
    const body = Buffer.from(`definePlugin(${JSON.stringify(`@plugins/${plugin}`)}, [], function () { return {} })`);
    return { status: 200, type: 'application/javascript; charset=utf-8', body, isFallback: false };
}
function fulfil({ send }, requestId, { status, type, body }) {
    void send('Fetch.fulfillRequest', {
        requestId,
        responseCode: status,
        responseHeaders: [
            { name: 'content-type', value: type },
            { name: 'access-control-allow-origin', value: '*' },
            { name: 'cache-control', value: 'no-store' },
        ],
        body: body.toString('base64'),
    }).catch(() => undefined);
}
function keepContact({ result }, url, plugin) {
    if (!/^(?:https?|wss?):/.test(url) || !URL.canParse(url))
        return;
    const { host } = new URL(url);
    const known = result.contacts.some((each) => each.host === host && each.plugin === plugin);
    if (!known && result.contacts.length < MAX_TOLD)
        result.contacts.push({ host, plugin });
}
/** The plugin whose code asked for something, by the innermost place of its stack that lies in one. */
function pluginOfInitiator(initiator) {
    const { stack, url } = (0,json/* asObject */.eB)(initiator) ?? {};
    for (let each = (0,json/* asObject */.eB)(stack), depth = 0; each && depth < 20; each = (0,json/* asObject */.eB)(each['parent']), depth++) {
        const frames = each['callFrames'];
        for (const frame of Array.isArray(frames) ? frames : []) {
            const plugin = pluginOfUrl(String((0,json/* asObject */.eB)(frame)?.['url']));
            if (plugin !== undefined)
                return plugin;
        }
    }
    return typeof url === 'string' ? pluginOfUrl(url) : undefined;
}

;// CONCATENATED MODULE: ./.build/src/proof/browser/page-told.js



const thrown = { message: schemas/* string */.YjP(), stack: schemas/* string */.YjP() };
/** What page-script.cjs tells; a plugin may have a hand in it, so it is checked. */
const told = schemas/* discriminatedUnion */.gMt('type', [
    schemas/* object */.Ikc({
        type: schemas/* literal */.euz('define'),
        id: schemas/* string */.YjP(),
        script: schemas/* string */.YjP(),
        dependencies: schemas/* array */.YOg(schemas/* string */.YjP()),
    }),
    schemas/* object */.Ikc({ type: schemas/* literal */.euz('begin'), id: schemas/* string */.YjP() }),
    schemas/* object */.Ikc({ type: schemas/* literal */.euz('end'), id: schemas/* string */.YjP() }),
    schemas/* object */.Ikc({ type: schemas/* literal */.euz('threw'), id: schemas/* string */.YjP(), ...thrown }),
    schemas/* object */.Ikc({ type: schemas/* literal */.euz('verdict'), id: schemas/* string */.YjP(), evaluated: schemas/* boolean */.zMY(), ...thrown }),
    schemas/* object */.Ikc({ type: schemas/* literal */.euz('icon'), url: schemas/* string */.YjP(), shown: schemas/* boolean */.zMY() }),
]);
/** Keeps what the page tells through its binding; anything else is left out. */
function keepTold(page, text) {
    page.told += text.length;
    if (page.told > MAX_TOLD_CHARACTERS)
        return;
    const message = told.safeParse(page_told_parsed(text)).data;
    if (!message)
        return;
    const { result } = page;
    switch (message.type) {
        case 'define':
            if (result.defined.length < MAX_TOLD)
                result.defined.push(message);
            break;
        case 'begin':
            if (result.open.length < MAX_TOLD)
                result.open.push(message.id);
            if (result.begun.length < MAX_TOLD)
                result.begun.push(message.id);
            break;
        case 'end':
            result.open = result.open.filter((id) => id !== message.id);
            break;
        case 'threw':
            if (result.threw.size < MAX_TOLD)
                result.threw.set(message.id, message);
            break;
        case 'verdict':
            if (result.verdicts.size < MAX_TOLD)
                result.verdicts.set(message.id, message.evaluated ? undefined : message);
            break;
        case 'icon':
            page.shownIcons++;
            if (!message.shown && page.task.icons?.includes(message.url))
                result.brokenIcons.push(message.url);
    }
}
/** Keeps an exception that nothing in the page caught. */
function keepException({ result }, details) {
    if (result.exceptions.length < MAX_TOLD)
        result.exceptions.push(exceptionOf(details));
}
function exceptionOf(details) {
    const { exception, text, url, lineNumber, columnNumber, stackTrace } = (0,json/* asObject */.eB)(details) ?? {};
    const frames = (0,json/* asObject */.eB)(stackTrace)?.['callFrames'];
    const top = (0,json/* asObject */.eB)(Array.isArray(frames) ? frames[0] : undefined) ?? {};
    const description = (0,json/* asObject */.eB)(exception)?.['description'];
    return {
        message: (typeof description === 'string' ? description : String(text)).split('\n')[0]?.slice(0, 1000) ?? '',
        url: [url, top['url']].find((each) => typeof each === 'string') ?? '',
        line: Number(lineNumber ?? top['lineNumber'] ?? 0) + 1,
        column: Number(columnNumber ?? top['columnNumber'] ?? 0) + 1,
    };
}
function page_told_parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./.build/src/proof/browser/page.js












/** The script next to this file, in the sources and in the bundle's directory. */
const SCRIPT = readPageScript();
function readPageScript() {
    return (0,external_node_fs_.readFileSync)((0,external_node_path_.join)((0,external_node_path_.dirname)((0,external_node_url_.fileURLToPath)(import.meta.url)), 'page-script.cjs'), 'utf8');
}
/** Where the client keeps the plugins that a user has installed (client/web/src/plugin/manager.ts). */
const STORAGE_KEY = '$TailchatInstalledPlugins';
/** A page that needs no login and that the client renders without a server (client/web/src/routes/Entry). */
const START = `${ORIGIN}/entry/login`;
const POLL_MILLISECONDS = 50;
const SCREENSHOT_SECONDS = 10;
/** What the page may keep on this machine's disk. */
const STORAGE_BYTES = 64 * 1024 * 1024;
const stateShape = schemas/* object */.Ikc({ hasLoader: schemas/* boolean */.zMY(), isRendered: schemas/* boolean */.zMY() });
/** The page's main thread gave no answer. */
class Hangs extends Error {
}
/**
 * Loads Tailchat's web client in a page of its own and asks it for modules. Every request is answered from the public
 * directory or fails.
 * @throws {ConnectionEnded} when Chrome itself ends
 */
async function loadPage(chrome, task) {
    const { browserContextId } = await chrome.send('Target.createBrowserContext');
    const { targetId } = await chrome.send('Target.createTarget', { url: 'about:blank', browserContextId });
    const { sessionId } = await chrome.send('Target.attachToTarget', { targetId, flatten: true });
    const page = {
        task,
        result: emptyResult(),
        send: (method, params = {}) => chrome.send(method, params, String(sessionId)),
        frame: String(targetId),
        hasStarted: false,
        gone: undefined,
        signs: 0,
        shownIcons: 0,
        told: 0,
        initiators: new Map(),
    };
    const names = { binding: `proof${(0,external_node_crypto_.randomUUID)()}`, command: `ask${(0,external_node_crypto_.randomUUID)()}` };
    const stopListening = chrome.listen((event) => {
        if (event.sessionId === sessionId)
            heed(page, names, event);
    });
    try {
        await chrome.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId });
        await page_start(page, names);
        page.result.end = await observe(page, names);
        return page.result;
    }
    finally {
        stopListening();
        // A page that hangs is ended by its process, which takes no answer of it.
        void chrome.send('Target.disposeBrowserContext', { browserContextId }).catch(() => undefined);
    }
}
function heed(page, names, { method, params }) {
    switch (method) {
        case 'Fetch.requestPaused':
            page.signs++;
            answerRequest(page, params);
            break;
        case 'Runtime.bindingCalled':
            page.signs++;
            if (params['name'] === names.binding)
                keepTold(page, String(params['payload']));
            break;
        case 'Network.requestWillBeSent':
            keepRequest(page, params, false);
            break;
        case 'Network.webSocketCreated':
            keepRequest(page, params, true);
            break;
        case 'Runtime.exceptionThrown':
            keepException(page, params['exceptionDetails']);
            break;
        case 'Page.javascriptDialogOpening':
            void page.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => undefined);
            break;
        case 'Page.frameNavigated': {
            const frame = (0,json/* asObject */.eB)(params['frame']);
            if (frame?.['parentId'] === undefined && !String(frame?.['url']).startsWith(`${ORIGIN}/`))
                page.gone ??= 'left';
            break;
        }
        case 'Inspector.targetCrashed':
            page.gone = 'crashed';
            break;
        case 'Inspector.detached':
            page.gone ??= 'left';
    }
}
/** Opens the client in the page, with all that is needed to follow what it does. */
async function page_start({ send, task }, names) {
    for (const domain of ['Page', 'Runtime', 'Network', 'Inspector'])
        await send(`${domain}.enable`);
    await send('Runtime.setAsyncCallStackDepth', { maxDepth: 16 });
    await send('Network.setBypassServiceWorker', { bypass: true });
    await send('Storage.overrideQuotaForOrigin', { origin: ORIGIN, quotaSize: STORAGE_BYTES });
    await send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    await send('Runtime.addBinding', { name: names.binding });
    const config = { origin: ORIGIN, storageKey: STORAGE_KEY, manifests: task.manifests, ...names };
    await send('Page.addScriptToEvaluateOnNewDocument', {
        source: `(() => {${SCRIPT}\nprepare(${JSON.stringify(config)})})()`,
    });
    await send('Page.navigate', { url: START });
}
/** Waits until the client shows itself, asks it for every module and every icon, and tells how that ended. */
async function observe(page, names) {
    const { task, result } = page;
    let state = { hasLoader: false, isRendered: false };
    const first = await waitFor(page, names, (now) => {
        state = now;
        return now.hasLoader && now.isRendered;
    });
    if (first !== 'done' && first !== 'idle')
        return first;
    if (first === 'idle')
        await keepScreenshot(page);
    if (!state.hasLoader)
        return 'no-loader';
    const modules = task.modules(result.requested);
    const icons = task.icons ?? [];
    const asked = (await ask(page, names, {
        call: `ask(${JSON.stringify(modules)})`,
        isAnswered: () => modules.every((id) => result.verdicts.has(id)),
    })) ??
        (await ask(page, names, {
            call: `showIcons(${JSON.stringify(icons)})`,
            isAnswered: () => page.shownIcons >= icons.length,
        }));
    return asked ?? (first === 'done' ? 'rendered' : 'idle');
}
/** Asks the page for something, and waits until it told of everything or comes to rest. @returns what it did instead */
async function ask(page, names, { call, isAnswered }) {
    try {
        await command(page, names, call);
    }
    catch (error) {
        if (error instanceof ConnectionEnded)
            throw error;
        if (error instanceof Hangs)
            return page.gone ?? 'hung';
        // The page is about to go, or its answer says that it can't be asked: waiting tells which.
    }
    const after = await waitFor(page, names, isAnswered);
    return after === 'done' || after === 'idle' ? undefined : after;
}
/** Waits until the page is as it should be. */
async function waitFor(page, names, isDone) {
    const { idleAnswers, totalSeconds } = page.task.patience ?? PATIENCE;
    const latest = performance.now() + totalSeconds * 1000;
    for (let [idle, signs] = [0, -1]; idle < idleAnswers && performance.now() < latest;) {
        if (page.gone)
            return page.gone;
        try {
            const state = stateShape.safeParse(await command(page, names, 'state()')).data;
            if (state && isDone(state))
                return 'done';
        }
        catch (error) {
            if (error instanceof ConnectionEnded)
                throw error;
            if (error instanceof Hangs)
                return page.gone ?? 'hung';
            // The page is about to go, and an event will say where.
        }
        idle = signs === page.signs ? idle + 1 : 0;
        signs = page.signs;
        await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
    return page.gone ?? 'idle';
}
/** @throws where the page has gone, or does not answer in time */
async function command({ send, task }, { command: name }, call) {
    const expression = `window[${JSON.stringify(name)}].${call}`;
    const { result } = await within(send('Runtime.evaluate', { expression, returnByValue: true }), (task.patience ?? PATIENCE).hangSeconds, () => new Hangs());
    return (0,json/* asObject */.eB)(result)?.['value'];
}
async function keepScreenshot({ send, result }) {
    const taken = within(send('Page.captureScreenshot', { format: 'png' }), SCREENSHOT_SECONDS, () => new Hangs());
    const data = (await taken.catch(() => undefined))?.['data'];
    if (typeof data === 'string')
        result.screenshot = Buffer.from(data, 'base64');
}

;// CONCATENATED MODULE: ./.build/src/proof/browser/loader.js




/** Returns what loads the client of an image again and again, each time in a page of its own. */
function loaderOf(chrome, { root, offer, patience }) {
    const { manifests, installed } = offer;
    const icons = offer.icons.map(({ url }) => url);
    const chunks = remembered((plugin) => chunksOf(root, plugin));
    const load = (isLoaded, asked = []) => loadPage(chrome, {
        root,
        manifests,
        isLoaded,
        icons,
        modules: (requested) => (0,lib_text/* unique */.Am)([...installed, ...requested, ...asked])
            .filter(isLoaded)
            .flatMap((plugin) => ['index.js', ...chunks(plugin)].map((file) => moduleId(plugin, file))),
        ...(patience && { patience }),
    });
    return {
        load,
        loadOnly: (plugins, seen) => {
            const loaded = withDependencies(plugins, seen);
            return load((plugin) => loaded.has(plugin), plugins);
        },
        loadedIn: ({ requested }) => (0,lib_text/* unique */.Am)([...installed, ...requested]),
        chunks,
    };
}
/** These plugins with all that they depend on, as far as their bundles were seen. */
function withDependencies(plugins, { defined }) {
    const all = new Set(plugins);
    for (const plugin of all)
        for (const { id, dependencies } of defined)
            if (pluginOfModule(id) === plugin)
                for (const dependency of dependencies) {
                    const needed = pluginOfModule(dependency);
                    if (needed !== undefined)
                        all.add(needed);
                }
    return all;
}
function remembered(compute) {
    const known = new Map();
    return (key) => {
        const value = known.get(key) ?? compute(key);
        known.set(key, value);
        return value;
    };
}

;// CONCATENATED MODULE: ./.build/src/proof/browser/offer.js


/**
 * Reads what both plugin registry files of an image offer.
 * @param root the public directory of the image, with its symbolic links resolved
 * @param wanted plugins that must evaluate as well
 */
function readOffer(root, wanted) {
    const offered = offeredManifests(root);
    const manifests = offered.filter((manifest) => isLocal(root, manifest));
    const hosted = offered.filter((manifest) => !manifests.includes(manifest)).map(({ name }) => name);
    return {
        manifests,
        hosted,
        installed: (0,lib_text/* unique */.Am)([
            ...manifests.map(({ name }) => name),
            ...wanted.filter((name) => !hosted.includes(name)),
        ]),
        icons: iconsOf(manifests),
    };
}
/** Whether a plugin comes out of the image, wherever the client thinks that its server is. */
function isLocal(root, { url }) {
    const address = addressOf(url);
    return (address !== undefined &&
        (address.origin === ORIGIN ||
            (address.pathname.startsWith('/plugins/') && readPublicFile(root, address.pathname) !== undefined)));
}
function iconsOf(manifests) {
    return manifests.flatMap(({ name, icon }) => {
        const address = icon === undefined || icon === '' ? undefined : addressOf(icon);
        return address?.origin === ORIGIN ? [{ plugin: name, url: address.href }] : [];
    });
}
function addressOf(url) {
    const text = url.replace('{BACKEND}', ORIGIN);
    return URL.canParse(text, ORIGIN) ? new URL(text, ORIGIN) : undefined;
}

;// CONCATENATED MODULE: ./.build/src/proof/browser/evaluate.js









/** How many plugins that fail are tried alone; where more fail, it is hardly for a reason of their own. */
const MAX_ALONE = 20;
/**
 * Loads every plugin that an image offers in its own web client, in a headless Chrome without a network.
 * @throws {NoChromeError} when Chrome does not start, or does not keep running
 */
async function evaluatePlugins(options) {
    const started = performance.now();
    for (let tried = 1;; tried++) {
        try {
            const proof = await withChrome(options, (chrome) => evaluateIn(chrome, options));
            return { ...proof, milliseconds: Math.round(performance.now() - started) };
        }
        catch (error) {
            if (!(error instanceof ConnectionEnded))
                throw error;
            if (tried === 2)
                throw new find_chrome/* NoChromeError */.i(`${options.executable} ended twice while it showed the page`);
        }
    }
}
/**
 * The same in a Chrome that runs.
 * @throws {ConnectionEnded} when it ends
 */
async function evaluateIn(chrome, { root: directory, wanted, patience }) {
    const root = (0,external_node_fs_.realpathSync)(directory);
    const offer = readOffer(root, wanted);
    const loader = loaderOf(chrome, { root, offer, patience });
    const whole = await loader.load(() => true);
    const undamaged = await takeOutDamaging(loader, whole);
    const { page, client } = undamaged;
    const { plugins, notJudged } = await judgeAll(loader, undamaged);
    return {
        chrome: chrome.version,
        plugins: plugins.map((plugin) => withSources(root, plugin)),
        notJudged,
        hosted: offer.hosted.sort(lib_text/* compare */.UD),
        brokenIcons: offer.icons.filter(({ url }) => page.brokenIcons.includes(url)),
        otherHosts: hostsOfUnknown(page),
        ...(page.end !== 'rendered' &&
            client &&
            client.end !== 'rendered' && { clientFails: client.exceptions[0]?.message ?? '' }),
        ...(whole.screenshot && { screenshot: whole.screenshot }),
    };
}
/** Judges every plugin; those that fail are tried alone, so that the one that did it is named. */
async function judgeAll(loader, undamaged) {
    const { whole, page, client, damaging } = undamaged;
    const clientIsThere = client === undefined || client.end === 'rendered' || client.end === 'idle';
    /** Whether the page told of every plugin that it was asked for; what it did not tell of is unknown otherwise. */
    const isComplete = page.end === 'rendered' || page.end === 'idle';
    const plugins = [];
    const notJudged = [];
    const culprits = new Set();
    let alone = 0;
    for (const name of (0,lib_text/* unique */.Am)([...loader.loadedIn(page), ...damaging.keys()]).sort(lib_text/* compare */.UD)) {
        const hosts = hostsOf(damaging.has(name) ? whole : page, name);
        const damage = damaging.get(name);
        if (damage)
            plugins.push({ name, fault: damage, chunks: [], hosts });
        else if (!clientIsThere)
            notJudged.push(name);
        else {
            const seen = evaluationIn(loader, name, page);
            const isTriedAlone = isFaulty(seen) && alone++ < MAX_ALONE;
            if (isFaulty(seen) && !isTriedAlone && !isComplete)
                notJudged.push(name);
            else {
                const judged = isTriedAlone ? await judgeAlone(loader, { name, seen, undamaged, culprits }) : seen;
                plugins.push({ name, ...withLeaving(judged, page.leaving.includes(name)), hosts });
            }
        }
    }
    return { plugins, notJudged };
}
/** What a plugin that fails next to all others is by itself; where it is sound, which of the others damages it. */
async function judgeAlone(loader, { name, seen, undamaged: { page, damaging }, culprits }) {
    const byItself = await loader.loadOnly([name], page);
    if (byItself.end !== page.end && ['hung', 'crashed', 'left'].includes(byItself.end))
        return { fault: damageOf(name, byItself), chunks: [] };
    const own = evaluationIn(loader, name, byItself);
    if (own.fault || !seen.fault)
        return own;
    const others = loader.loadedIn(page).filter((each) => each !== name && !damaging.has(each));
    const isDamagedBy = async (some) => faultOf(name, 'index.js', await loader.loadOnly([name, ...some], page)) !== undefined;
    // One plugin often damages many: to search among all others for each of them would take minutes.
    for (const known of culprits)
        if (await isDamagedBy([known]))
            return { ...seen, fault: { ...seen.fault, damagedBy: known } };
    const culprit = await bisect(others, isDamagedBy);
    if (culprit !== undefined)
        culprits.add(culprit);
    return { ...seen, fault: { ...seen.fault, damagedBy: culprit ?? '' } };
}
function evaluationIn(loader, name, page) {
    const fault = faultOf(name, 'index.js', page);
    // What fails with its plugin is no fault of its own.
    if (fault)
        return { fault, chunks: [] };
    return {
        chunks: loader.chunks(name).map((file) => {
            const own = faultOf(name, file, page);
            return { file, ...(own && { fault: own }) };
        }),
    };
}
function isFaulty({ fault, chunks }) {
    return fault !== undefined || chunks.some((chunk) => chunk.fault);
}
function withLeaving(evaluation, leaves) {
    return leaves && !evaluation.fault
        ? { ...evaluation, fault: { cause: 'leaves-page', detail: '' } }
        : evaluation;
}
function withSources(root, { fault, chunks, ...plugin }) {
    return {
        ...plugin,
        ...(fault && { fault: withSource(root, fault) }),
        chunks: chunks.map((chunk) => (chunk.fault ? { ...chunk, fault: withSource(root, chunk.fault) } : chunk)),
    };
}
function hostsOf({ contacts }, name) {
    return (0,lib_text/* unique */.Am)(contacts.filter(({ plugin }) => plugin === name).map(({ host }) => host)).sort(lib_text/* compare */.UD);
}
/** Hosts that no plugin is known to have contacted. */
function hostsOfUnknown({ contacts }) {
    const ofPlugins = contacts.filter(({ plugin }) => plugin !== undefined).map(({ host }) => host);
    return (0,lib_text/* unique */.Am)(contacts.map(({ host }) => host).filter((host) => !ofPlugins.includes(host))).sort(lib_text/* compare */.UD);
}

;// CONCATENATED MODULE: ./.build/src/proof/browser/put-plugins.js




/**
 * Puts plugins into a public directory that was copied out of an image, in the place of those of the same name, and
 * offers them. Nothing is written through a link that the image may hold.
 * @throws {NoChromeError} where the image keeps its plugins behind one
 */
function putPlugins(root, plugins) {
    if (plugins.length === 0)
        return;
    const below = (0,external_node_path_.join)(root, 'plugins');
    (0,external_node_fs_.mkdirSync)(below, { recursive: true });
    if (!(0,external_node_fs_.lstatSync)(below).isDirectory())
        throw new find_chrome/* NoChromeError */.i('the plugins of the image are no directory');
    for (const { name, directory, files } of plugins) {
        (0,external_node_fs_.rmSync)((0,external_node_path_.join)(below, name), { recursive: true, force: true });
        for (const path of files) {
            (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)((0,external_node_path_.join)(below, name, path)), { recursive: true });
            (0,external_node_fs_.cpSync)((0,external_node_path_.join)(directory, path), (0,external_node_path_.join)(below, name, path));
        }
    }
    const isReplaced = (name) => plugins.some((plugin) => plugin.name === name);
    const others = offeredManifests(root).filter(({ name }) => !isReplaced(name));
    const own = plugins.map(({ name, manifest }) => ({ ...manifest, name, url: `/plugins/${name}/index.js` }));
    const lists = { 'registry.json': [...others, ...own], 'registry-be.json': [] };
    for (const [file, list] of Object.entries(lists)) {
        (0,external_node_fs_.rmSync)((0,external_node_path_.join)(root, file), { recursive: true, force: true });
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(root, file), JSON.stringify(list));
    }
}

// EXTERNAL MODULE: ./.build/src/rules/browser.js
var browser = __webpack_require__(9299);
;// CONCATENATED MODULE: ./.build/src/report/browser.js


/** What the browser showed, as the report has it. */
function reportBrowser(proof) {
    const { chrome, milliseconds, plugins, notJudged, hosted, otherHosts, screenshot } = proof;
    return {
        chrome,
        milliseconds,
        plugins: plugins.map(({ name, fault, chunks, hosts }) => {
            const reasons = [
                ...(fault ? [(0,browser/* sentenceOf */.$)(name, fault)] : []),
                ...chunks.flatMap((chunk) => (chunk.fault ? [(0,browser/* sentenceOf */.$)(`${name}/${chunk.file}`, chunk.fault)] : [])),
            ];
            return {
                name,
                evaluated: reasons.length === 0,
                ...(reasons.length > 0 && { reason: reasons.join('; ') }),
                chunks: chunks.length,
                hosts,
            };
        }),
        notJudged: [...notJudged].sort(lib_text/* compare */.UD),
        hosted,
        otherHosts,
        ...(screenshot && { screenshot: screenshot.toString('base64') }),
    };
}
/** Compares the hosts that each plugin of an image contacts with those of an earlier one. */
function compareHosts(comparedWith, before, now) {
    const hostsIn = (proof, name) => proof.plugins.find((plugin) => plugin.name === name)?.hosts ?? [];
    const names = (0,lib_text/* unique */.Am)([...before.plugins, ...now.plugins].map(({ name }) => name)).sort(lib_text/* compare */.UD);
    return {
        comparedWith,
        plugins: names.flatMap((name) => {
            const [old, current] = [hostsIn(before, name), hostsIn(now, name)];
            const gained = current.filter((host) => !old.includes(host));
            const lost = old.filter((host) => !current.includes(host));
            return gained.length + lost.length > 0 ? [{ name, gained, lost }] : [];
        }),
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
// EXTERNAL MODULE: ./.build/src/stages/stage.js
var stage = __webpack_require__(9573);
;// CONCATENATED MODULE: ./.build/src/stages/browser.js














const NO_TAG = 'no tag was moved';
/**
 * Evaluates every front end of an image in a browser, and stops when one of this repository's fails.
 * @param before the findings so far
 * @param earlier the image that it replaces, where the hosts that plugins contact are to be compared
 * @returns those findings, and the new ones
 * @throws {StageError} when a finding fails the step, or when a required browser is missing
 */
async function browser_browser(run, docker, { image: { reference }, examined, before, earlier, }) {
    const wanted = (0,rules_image/* offered */.Ix)(examined.desired).map(({ plugin }) => plugin.name);
    const subject = { reference, wanted, withheld: NO_TAG };
    const proof = await evaluate(run, docker, subject);
    if (!proof)
        return before;
    if (earlier !== undefined)
        await recordHosts(run, docker, { proof, subject, earlier });
    return judge(run, { proof, examined, before, withheld: NO_TAG });
}
/**
 * Evaluates plugins that will come from a static host, in the client of the image whose toolchain built them.
 * @throws {StageError} as above
 */
async function browserOfBundles(run, docker, { base, examined, before, put, }) {
    const withheld = 'nothing was written';
    const wanted = put.map(({ name }) => name);
    const proof = await evaluate(run, docker, { reference: base, wanted, put, withheld });
    if (proof)
        judge(run, { proof, examined, before, withheld });
}
/**
 * Evaluates an image without its sources: each plugin in it must evaluate.
 * @throws {StageError} when one does not
 */
async function browserByItself(run, docker, { reference }) {
    const proof = await evaluate(run, docker, { reference, wanted: [], withheld: NO_TAG });
    const failing = proof?.plugins.filter(({ fault, chunks }) => fault ?? chunks.some((chunk) => chunk.fault)) ?? [];
    if (failing.length > 0)
        throw new stage/* StageError */.Zu('browser', `${(0,wording/* listed */.KE)(failing.map(({ name }) => name))} of the image fail in the browser; ${NO_TAG} (browser: off goes back all the same)`);
}
/** Fails before minutes of building when a required browser is missing. */
function requireBrowser({ inputs }) {
    if (inputs.browser === 'require')
        (0,find_chrome/* findChrome */.a)(process.env);
}
function judge({ inputs, record }, { proof, examined: { workspace, declarations, desired }, before, withheld, }) {
    const own = workspace.plugins.filter(({ web }) => web);
    const source = { root: workspace.root, declarations };
    const all = (0,findings/* joinFindings */.pZ)(before, (0,findings/* findings */.Pg)(catalogue/* catalogue */.sW.browser, { proof, own }, source));
    record({
        findings: (0,report/* reportFindings */.LH)(all.open),
        accepted: [...all.accepted],
        plugins: (0,report/* reportPlugins */.h_)(desired, proof.plugins),
    });
    if ((0,report/* hasFailingFindings */.PS)(all.open, inputs))
        throw new stage/* StageError */.Zu('browser', `front ends have the faults in the findings; ${withheld}`);
    return all;
}
/** Records what plugins contact that they did not before; the earlier image is asked only where one contacts a host now. */
async function recordHosts(run, docker, { proof, subject, earlier }) {
    if (proof.plugins.every(({ hosts }) => hosts.length === 0))
        return;
    try {
        const old = await proofOf(run, docker, { ...subject, reference: earlier, wanted: [] });
        run.record({ browser: { ...reportBrowser(proof), hosts: compareHosts(earlier, old, proof) } });
    }
    catch (error) {
        run.record({
            notLookedAt: [`which hosts the front ends of ${earlier} contact (${(0,wording/* messageOf */.bD)(error)})`],
        });
    }
}
/** @returns `undefined` where nothing could be evaluated, and `browser` does not require it; the report says why */
async function evaluate(run, docker, subject) {
    const { inputs, record } = run;
    if (inputs.browser === 'off') {
        record({ notes: ['The front ends were not evaluated in a browser: browser is off.'] });
        return undefined;
    }
    try {
        const proof = await proofOf(run, docker, subject);
        record({ browser: reportBrowser(proof), notLookedAt: notEvaluated(proof) });
        if (proof.notJudged.length > 0 && inputs.browser === 'require')
            throw new stage/* StageError */.Zu('browser', `the browser could not tell whether ${(0,wording/* listed */.KE)(proof.notJudged)} evaluate; ${subject.withheld}`);
        return proof;
    }
    catch (error) {
        if (!(error instanceof find_chrome/* NoChromeError */.i))
            throw error;
        if (inputs.browser === 'require')
            throw new stage/* StageError */.Zu('browser', `${error.message}; ${subject.withheld}`);
        record({
            browser: { reason: error.message },
            notLookedAt: [`whether front ends evaluate in a browser (${error.message})`],
        });
        return undefined;
    }
}
/** What the browser leaves open, for the report. */
function notEvaluated({ notJudged, hosted }) {
    return [
        ...(notJudged.length > 0
            ? [`whether ${(0,wording/* listed */.KE)(notJudged)} evaluate, since too much else fails in the browser`]
            : []),
        ...(hosted.length > 0
            ? [`whether ${(0,wording/* listed */.KE)(hosted)} evaluate, since they come from another address`]
            : []),
    ];
}
/** @throws {NoChromeError} where there is no browser, or no client to show in it */
function proofOf({ inputs, surroundings: { onChrome } }, docker, { reference, wanted, put = [] }) {
    const executable = (0,find_chrome/* findChrome */.a)(process.env);
    docker.onLine(`Evaluating the front ends of ${reference} in ${executable}`);
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        const root = (0,external_node_path_.join)(directory, 'public');
        const path = external_node_path_.posix.join(inputs.image.appDir, 'server/dist/public');
        await (0,copy/* copyFromImage */.n1)(docker, { reference, path, target: root }).catch((error) => {
            throw new find_chrome/* NoChromeError */.i(`${path} can't be copied out of the image (${(0,wording/* messageOf */.bD)(error)})`);
        });
        if (!(0,external_node_fs_.existsSync)((0,external_node_path_.join)(root, 'index.html')))
            throw new find_chrome/* NoChromeError */.i(`the image has no ${path}/index.html, so no web client`);
        putPlugins(root, put);
        return evaluatePlugins({ executable, root, wanted, ...(onChrome && { onChrome }) });
    });
}


/***/ })

};
