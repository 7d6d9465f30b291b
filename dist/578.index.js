export const id = 578;
export const ids = [578];
export const modules = {

/***/ 1703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GF: () => (/* binding */ writeJson),
/* harmony export */   b4: () => (/* binding */ readScripts),
/* harmony export */   ey: () => (/* binding */ placeBundle),
/* harmony export */   tK: () => (/* binding */ listBundle)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



/** Far more than a bundle has; the limit is here since the files that a build wrote are not trusted. */
const MAX_FILES = 5000;
const MAX_BYTES = 256 * 1024 * 1024;
/**
 * Lists the regular files of a plugin's folder, sorted. Links are left out: they could lead anywhere.
 * @throws when there are more than a bundle can have
 */
function listBundle(folder) {
    const found = [];
    let total = 0;
    const walk = (below) => {
        for (const entry of (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, below), { withFileTypes: true })) {
            const path = below === '' ? entry.name : `${below}/${entry.name}`;
            if (entry.isDirectory())
                walk(path);
            else if (entry.isFile()) {
                total += (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, path)).size;
                if (total > MAX_BYTES)
                    throw new Error(`${folder} holds more than ${MAX_BYTES} bytes`);
                const content = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, path));
                const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)('sha256').update(content).digest('hex');
                found.push({ path, sha256, bytes: content.length });
            }
            if (found.length > MAX_FILES)
                throw new Error(`${folder} holds more than ${MAX_FILES} files`);
        }
    };
    walk('');
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
/** Reads the scripts of a bundle: their text, the ids they define and their dependencies. */
function readScripts(folder, files) {
    return files
        .filter(({ path }) => path.endsWith('.js') && !path.includes('/'))
        .map(({ path }) => {
        const text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, path), 'utf8');
        const definition = /\bdefinePlugin\(\s*['"]([^'"]*)['"]\s*,\s*\[([^\]]*)\]/.exec(text);
        if (!definition)
            return { file: path, text };
        const [, id = '', list = ''] = definition;
        const dependencies = [...list.matchAll(/['"]([^'"]*)['"]/g)].map(([, each = '']) => each);
        return { file: path, text, id, dependencies };
    });
}
/** Copies the files of a bundle into a folder, and removes everything that was there before. */
function placeBundle(from, files, to) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(to, { recursive: true, force: true });
    for (const { path } of files) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(to, path)), { recursive: true });
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.cpSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(from, path), (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(to, path));
    }
}
/** Writes a value as a JSON file; a link in its place is replaced and not followed. */
function writeJson(file, value) {
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(file, { throwIfNoEntry: false })?.isSymbolicLink())
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(file);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(file, `${JSON.stringify(value, null, 2)}\n`);
}


/***/ }),

/***/ 7578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  status: () => (/* binding */ status_status)
});

// EXTERNAL MODULE: ./.build/src/declarations/desired.js
var declarations_desired = __webpack_require__(3167);
// EXTERNAL MODULE: ./.build/src/declarations/types.js
var types = __webpack_require__(1512);
// EXTERNAL MODULE: ./.build/src/docker/registry.js
var registry = __webpack_require__(6009);
// EXTERNAL MODULE: ./.build/src/formats/image-reference.js
var image_reference = __webpack_require__(6137);
// EXTERNAL MODULE: ./.build/src/image/build.js
var build = __webpack_require__(7309);
// EXTERNAL MODULE: ./.build/src/image/node.js
var node = __webpack_require__(361);
// EXTERNAL MODULE: ./.build/src/image/plan.js + 1 modules
var plan = __webpack_require__(6685);
// EXTERNAL MODULE: ./.build/src/image/record.js
var image_record = __webpack_require__(6972);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/lib/http.js
var http = __webpack_require__(5747);
// EXTERNAL MODULE: ./.build/src/tailchat/gateway.js
var tailchat_gateway = __webpack_require__(6922);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(8816);
;// CONCATENATED MODULE: ./.build/src/proof/live.js


const MAX_SERVICES = 20_000;
const MAX_TEXT = 300;
const healthSchema = schemas/* object */.Ikc({
    services: schemas/* array */.YOg(schemas/* string */.YjP()).max(MAX_SERVICES),
    version: schemas/* string */.YjP().optional().catch(undefined),
    process: schemas/* object */.Ikc({ uptime: schemas/* number */.aig().nonnegative() }).optional().catch(undefined),
});
/** Reads an answer of /health; `undefined` when it is none. */
function readHealth(answer) {
    const found = answer.status === 200 ? healthSchema.safeParse((0,tailchat_gateway/* jsonOf */.o_)(answer)).data : undefined;
    if (!found)
        return undefined;
    const { services, version, process } = found;
    return {
        services: [...new Set(services.map((name) => name.slice(0, MAX_TEXT)))].sort(),
        ...(version !== undefined && { version: version.slice(0, MAX_TEXT) }),
        ...(process && { uptimeSeconds: process.uptime }),
    };
}
/** Reads an answer as that of a gateway. */
function liveAnswer(path, { status, headers, body, sha256 }) {
    const type = headers['content-type'] ?? '';
    const text = body.toString();
    const defines = (0,tailchat_gateway/* definedIn */.bj)(text);
    return {
        path,
        status,
        type,
        sha256,
        ...(defines !== undefined && { defines }),
        ...(/\bjson\b/.test(type) && { text }),
    };
}
/**
 * Tells a gateway of the image from an earlier one: by its version, else by when it started.
 * @param nowSeconds since 1970
 */
function judgeGateway({ version, createdSeconds }, health, nowSeconds) {
    if (version !== undefined)
        return health.version === version
            ? { is: 'new' }
            : {
                is: 'old',
                reason: `its version is ${health.version ?? 'none'}, and that of the image is ${version}`,
            };
    const started = health.uptimeSeconds === undefined ? undefined : nowSeconds - health.uptimeSeconds;
    if (started === undefined || createdSeconds === undefined || started >= createdSeconds)
        return { is: 'unknown' };
    return {
        is: 'old',
        reason: `it has been running since ${isoTime(started)}, before the image's commit was made (${isoTime(createdSeconds)})`,
    };
}
function isoTime(seconds) {
    // A server may claim to have been running for longer than there are dates.
    const milliseconds = Math.round(seconds) * 1000;
    return Math.abs(milliseconds) <= 8.64e15 ? `${new Date(milliseconds).toISOString().slice(0, 19)}Z` : 'ever';
}
/** Names of the promised services that a gateway does not list. */
function notListed({ services }, listed) {
    const known = new Set(listed);
    return (services ?? []).map(({ name }) => name).filter((name) => !known.has(name));
}
/**
 * Whether a list counts only once it has lasted: a gateway that was there before a container was replaced still lists
 * what an ended one brought, for almost a minute.
 */
function mustLast({ uptimeSeconds }) {
    return uptimeSeconds === undefined || uptimeSeconds >= tailchat_gateway/* SECONDS_LISTED_AFTER_DEATH */.w6;
}
/** Whether an answer is the file that was promised. */
function isPromisedFile({ sha256, plugin, path }, answer) {
    if (sha256 === undefined)
        return plugin === undefined ? (0,tailchat_gateway/* isJsonList */.P8)(answer) : (0,tailchat_gateway/* isBundleOf */.Ir)(plugin, answer);
    const isTyped = !path.endsWith('.js') || (0,tailchat_gateway/* isJavaScript */.eh)(answer.type);
    return answer.status === 200 && answer.sha256 === sha256 && isTyped;
}
/** Joins all answers to one path. */
function judgeFile(file, answers) {
    const isRight = (answer) => !('reason' in answer) && isPromisedFile(file, answer);
    const wrong = answers.filter((answer) => !isRight(answer)).map((answer) => describeWrong(file, answer));
    return {
        ...file,
        wrong: answers.length === 0 ? ['it was not asked for in time'] : [...new Set(wrong)],
        sometimes: answers.some(isRight),
    };
}
function describeWrong({ sha256 }, answer) {
    if ('reason' in answer)
        return answer.reason;
    if (answer.status !== 200 || sha256 === undefined || answer.sha256 === sha256)
        return (0,tailchat_gateway/* describeAnswer */.O1)(answer);
    return `${(0,tailchat_gateway/* describeAnswer */.O1)(answer)} with the sha256 ${answer.sha256.slice(0, 12)}…`;
}
/** Returns the rows of all promised services, and of all other listed services of plugins. */
function liveRows(promise, result, timeoutSeconds) {
    const { health, unsteady, complete, seconds, gateway } = result;
    const promised = promise.services ?? [];
    if (!health)
        return promised.map((service) => rowOf(service, null));
    const missing = new Set(notListed(promise, health.services));
    const rows = promised.map((service) => {
        if (missing.has(service.name))
            return {
                ...rowOf(service, false),
                cause: 'not-listed',
                reason: `the gateway did not list it within ${timeoutSeconds} s`,
            };
        if (unsteady.includes(service.name))
            return {
                ...rowOf(service, false),
                cause: 'not-listed',
                reason: `the gateway lists it in some answers and not in others within ${timeoutSeconds} s: its container ends and starts again, or one of several gateways does not see it`,
            };
        if (!complete && gateway.is !== 'old' && missing.size === 0 && unsteady.length === 0)
            return {
                ...rowOf(service, false),
                cause: 'not-listed',
                reason: `listed, though for ${seconds} s only: the gateway was there before, and lists an ended container for up to ${tailchat_gateway/* SECONDS_LISTED_AFTER_DEATH */.w6} s; set live-timeout to twice that`,
            };
        return rowOf(service, true);
    });
    const names = new Set(promised.map(({ name }) => name));
    const others = health.services.filter((name) => name.startsWith('plugin:') && !names.has(name));
    const unpromised = others.map((name) => ({
        name,
        expected: false,
        loaded: true,
        ...(promise.services && { reason: `not of ${promise.reference}: another node brings it` }),
    }));
    return [...rows, ...unpromised].sort((a, b) => (a.name < b.name ? -1 : 1));
}
function rowOf({ name, plugin, file }, loaded) {
    return {
        name,
        ...(plugin !== undefined && { plugin }),
        ...(file !== undefined && { file }),
        expected: true,
        loaded,
    };
}

;// CONCATENATED MODULE: ./.build/src/proof/live-ask.js



const ANSWER_SECONDS = 10;
/** A list of all of Tailchat's services is 2 kB. */
const MAX_HEALTH_BYTES = 1024 * 1024;
/** The largest bundle of Tailchat's own plugins is 1.7 MB. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;
const POLL_MILLISECONDS = 1000;
/** A list counts when it is complete this many times in a row: there may be several gateways. */
const HEALTH_TIMES = 3;
/** An answer that was right and then wrong must be right this often: three times could be luck. */
const TIMES_AFTER_A_RELAPSE = 20;
/** A resolver may be busy once. */
const UNRESOLVED_TIMES = 3;
/** How long a round that began in time may run past the deadline. */
const GRACE_MILLISECONDS = 30_000;
/** After this many answers without the old gateway, it is gone. */
const RECENT_ANSWERS = 10;
/** Requests at the same time; few, since the server has users. */
const PARALLEL = 4;
/**
 * Asks a running server what it loads and serves, until everything is as promised or the time is over. It only sends GET
 * requests without credentials, to /health, the promised files and `/available`.
 */
async function askLive(request) {
    const deadline = request.now() + request.timeoutSeconds * 1000;
    const heard = await listen(request, deadline);
    if (!heard.health)
        return { ...heard, files: [], available: [] };
    const { files, available } = request.promise;
    return {
        ...heard,
        files: await askUntil(request, deadline, {
            items: files,
            one: (file, before) => askFile(request, file, { before, deadline }),
            isRight: ({ wrong }) => wrong.length === 0,
        }),
        available: await askUntil(request, deadline, {
            items: available,
            one: (service) => askAvailable(request, service),
            isRight: ({ answer }) => answer === 200,
        }),
    };
}
/** Asks for /health until its list is complete, stable and, where that matters, old enough. */
async function listen({ url, promise, wait, now }, deadline) {
    let health;
    let instead;
    let gateway = { is: 'unknown' };
    /** When the list became complete, and how many answers have been so since. */
    let since;
    let times = 0;
    let unsteady = [];
    let needed = HEALTH_TIMES;
    let unresolved = 0;
    let old;
    for (;;) {
        const answer = await ask(url, tailchat_gateway/* HEALTH_PATH */.Tu, MAX_HEALTH_BYTES);
        const found = 'reason' in answer ? undefined : readHealth(answer);
        const missing = found && notListed(promise, found.services);
        if (found) {
            health = found;
            gateway = judgeGateway(promise, found, now() / 1000);
            if (gateway.is === 'old')
                old = { verdict: gateway, answersSince: 0 };
            else if (old)
                old.answersSince++;
        }
        else
            instead = 'reason' in answer ? answer.reason : (0,tailchat_gateway/* describeAnswer */.O1)(answer);
        unresolved = (0,http/* isUnresolved */.U)('reason' in answer ? answer.reason : undefined) ? unresolved + 1 : 0;
        // No waiting brings an address that is misspelt.
        if (!health && unresolved >= UNRESOLVED_TIMES)
            return { health, instead, gateway, complete: false, seconds: 0, unsteady };
        if (missing?.length === 0 && gateway.is !== 'old') {
            since ??= now();
            times++;
        }
        else {
            if (since !== undefined) {
                unsteady = missing ?? [];
                needed = TIMES_AFTER_A_RELAPSE;
            }
            since = undefined;
            times = 0;
        }
        const seconds = since === undefined ? 0 : Math.floor((now() - since) / 1000);
        const lastsLongEnough = health !== undefined && (!mustLast(health) || seconds >= tailchat_gateway/* SECONDS_LISTED_AFTER_DEATH */.w6);
        const complete = times >= needed && lastsLongEnough;
        if (complete || (health && promise.reference === undefined))
            return { health, instead, gateway, complete: true, seconds, unsteady: [] };
        if (now() >= deadline) {
            // Where several gateways answer, the last answer need not be that of the old one.
            if (old && old.answersSince < RECENT_ANSWERS)
                gateway = old.verdict;
            return { health, instead, gateway, complete: false, seconds, unsteady };
        }
        // Several gateways are told apart by asking again at once.
        if (times === 0 || times >= needed)
            await wait(POLL_MILLISECONDS);
    }
}
/** Asks for each item, and again for those with a wrong answer until the deadline. */
async function askUntil({ wait, now }, deadline, { items, one, isRight }) {
    const asked = await inParallel(items, (item) => one(item, undefined));
    for (;;) {
        const again = items.flatMap((item, index) => {
            const before = asked[index];
            return before !== undefined && isRight(before) ? [] : [{ item, index }];
        });
        if (again.length === 0 || now() >= deadline)
            return asked;
        await wait(POLL_MILLISECONDS);
        const answers = await inParallel(again, ({ item, index }) => one(item, asked[index]));
        for (const [at, { index }] of again.entries()) {
            const answer = answers[at];
            if (answer !== undefined)
                asked[index] = answer;
        }
    }
}
async function inParallel(items, work) {
    const results = [];
    const waiting = [...items.entries()];
    const worker = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift())
            results[next[0]] = await work(next[1]);
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
    return results;
}
async function askFile({ url, now }, file, { before, deadline }) {
    const times = before?.sometimes ? TIMES_AFTER_A_RELAPSE : file.times;
    const answers = [];
    while (answers.length < times && now() < deadline + GRACE_MILLISECONDS)
        answers.push(await ask(url, file.path, MAX_FILE_BYTES));
    return judgeFile(file, answers);
}
async function askAvailable({ url }, service) {
    const answer = await ask(url, (0,tailchat_gateway/* availablePath */.Nj)(service), MAX_HEALTH_BYTES);
    return { service, answer: 'reason' in answer ? answer.reason : answer.status };
}
async function ask(url, path, maxBytes) {
    const answer = await (0,http/* httpGet */.l)(`${url}${path}`, { seconds: ANSWER_SECONDS, maxBytes });
    return 'reason' in answer ? answer : liveAnswer(path, answer);
}

// EXTERNAL MODULE: ./.build/src/proof/live-promise.js
var live_promise = __webpack_require__(1938);
;// CONCATENATED MODULE: ./.build/src/report/live-result.js
/** What the running server answered, as the report has it. */
function reportLive(url, { reference }, result) {
    const { health, gateway, files, available } = result;
    const paths = (wanted) => files
        .filter(({ wrong }) => (wrong.length === 0) === wanted)
        .map(({ path }) => path)
        .sort();
    return {
        url,
        ...(reference !== undefined && { reference }),
        ...(health?.version !== undefined && { version: health.version }),
        ...(health?.uptimeSeconds !== undefined && { uptimeSeconds: Math.round(health.uptimeSeconds) }),
        gateway: gateway.is,
        // What begins so is moleculer's own.
        listed: (health?.services ?? []).filter((name) => !name.startsWith('$')),
        files: { served: paths(true), stale: paths(false) },
        available,
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
var layout = __webpack_require__(495);
// EXTERNAL MODULE: ./.build/src/workspace/read.js + 20 modules
var read = __webpack_require__(4320);
// EXTERNAL MODULE: ./.build/src/stages/check.js + 2 modules
var check = __webpack_require__(207);
// EXTERNAL MODULE: ./.build/src/stages/deploy.js + 6 modules
var deploy = __webpack_require__(6749);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/image/bundle-files.js
var bundle_files = __webpack_require__(1703);
// EXTERNAL MODULE: ./.build/src/formats/json.js
var json = __webpack_require__(6916);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __webpack_require__(5312);
;// CONCATENATED MODULE: ./.build/src/proof/hosted.js




const hosted_ANSWER_SECONDS = 10;
const hosted_MAX_FILE_BYTES = 32 * 1024 * 1024;
/** Asks hosts for files, without credentials, again and again until all are as they should be or the time is over. */
async function askHosted({ files, origin, timeoutSeconds, wait, now, }) {
    const deadline = now() + timeoutSeconds * 1000;
    return askUntil({ wait, now }, deadline, {
        items: files,
        one: async (file) => {
            const answers = [];
            for (let times = 0; times < file.times; times++)
                answers.push(await hosted_ask(file.url, origin));
            return judgeHosted(file, answers, origin);
        },
        isRight: ({ wrong }) => wrong.length === 0,
    });
}
/** Asks for a made-up name. @returns the status of the answer; `undefined`: there was none */
async function askMadeUpName(publicUrl, origin) {
    const answer = await hosted_ask(`${publicUrl}/no-such-version/no.such.plugin/index.js`, origin);
    return 'reason' in answer ? undefined : answer.status;
}
/** Reads the list of manifests that a host serves; `undefined` where it serves none. */
async function askManifests(publicUrl, origin) {
    const answer = await hosted_ask(`${publicUrl}/manifests.json`, origin);
    if ('reason' in answer || answer.status !== 200)
        return undefined;
    const list = (0,tailchat_gateway/* jsonOf */.o_)({ text: answer.body.toString() });
    return Array.isArray(list) ? list : undefined;
}
function hosted_ask(url, origin) {
    return (0,http/* httpGet */.l)(url, { seconds: hosted_ANSWER_SECONDS, maxBytes: hosted_MAX_FILE_BYTES, headers: { origin } });
}
/** Joins all answers to one address. */
function judgeHosted(file, answers, origin) {
    const wrong = answers.flatMap((answer) => whyWrong(file, answer, origin) ?? []);
    const loose = answers
        .map((answer) => ('reason' in answer ? undefined : typeOf(answer)))
        .find((type) => type !== undefined && !(0,tailchat_gateway/* isJavaScript */.eh)(type));
    return {
        ...file,
        wrong: [...new Set(wrong)],
        ...(file.kind === 'script' &&
            wrong.length === 0 &&
            loose !== undefined && { looseType: loose || 'none' }),
    };
}
function whyWrong({ kind, sha256, defines, plugin }, answer, origin) {
    if ('reason' in answer)
        return answer.reason;
    const type = typeOf(answer);
    const described = `${answer.status} ${type || 'without a type'}`;
    if (answer.status !== 200)
        return described;
    if (sha256 !== undefined && answer.sha256 !== sha256)
        return `${described} with the sha256 ${answer.sha256.slice(0, 12)}…`;
    if (kind === 'script') {
        const isRefused = !(0,tailchat_gateway/* isJavaScript */.eh)(type) &&
            (/\bnosniff\b/i.test(answer.headers['x-content-type-options'] ?? '') ||
                /^(?:audio|image|video)\/|^text\/csv/i.test(type));
        if (isRefused)
            return `${described}${answer.headers['x-content-type-options'] ? ' and nosniff' : ''}, which browsers do not run`;
        if (defines && (0,tailchat_gateway/* definedIn */.bj)(answer.body.toString()) !== `@plugins/${plugin}`)
            return `${described} that does not define @plugins/${plugin}`;
    }
    const allowed = answer.headers['access-control-allow-origin'];
    if (kind === 'document' && allowed !== '*' && allowed !== origin)
        return `${described} ${allowed === undefined ? 'without Access-Control-Allow-Origin' : `with Access-Control-Allow-Origin ${allowed}`}, so that pages of ${origin} can't read it`;
    return undefined;
}
function typeOf({ headers }) {
    return headers['content-type'] ?? '';
}
/** A bundle's first file several times, as a CDN may have two answers. */
const TIMES = 3;
/** The first file of a plugin, of which only the name is known. */
function firstFile(plugin, url) {
    return { url, kind: 'script', plugin, defines: true, times: TIMES };
}
/** The files of a plugin that lie below an address, as they were built. */
function builtFiles(plugin, folder, files) {
    return files.map(({ path, sha256 }) => ({
        url: `${folder}/${path.split('/').map(encodeURIComponent).join('/')}`,
        kind: path.endsWith('.js') ? 'script' : path.endsWith('.md') ? 'document' : 'other',
        plugin,
        sha256,
        times: path === 'index.js' ? TIMES : 1,
    }));
}
/** What a manifest says of a plugin on the host; nothing of others. */
function filesOfManifest(manifest, publicUrl) {
    const name = (0,json/* stringAt */.bX)(manifest, 'name');
    const url = (0,json/* stringAt */.bX)(manifest, 'url');
    if (name === undefined || url === undefined || !url.startsWith(`${publicUrl}/`))
        return [];
    const document = (0,json/* asObject */.eB)(manifest)?.['documentUrl'];
    const isDocument = typeof document === 'string' && document.startsWith(`${publicUrl}/`) && /\.md(?:[?#]|$)/.test(document);
    return [
        firstFile(name, url),
        ...(isDocument ? [{ url: document, kind: 'document', plugin: name, times: 1 }] : []),
    ];
}

// EXTERNAL MODULE: ./.build/src/rules/entries.js
var rules_entries = __webpack_require__(2411);
;// CONCATENATED MODULE: ./.build/src/stages/hosted.js











/** More than any repository hosts. */
const MAX_FILES = 2000;
/** What a page is asked for from where nothing is known of Tailchat's own address. */
const ANY_ORIGIN = 'https://tailchat.invalid';
/**
 * Asks the static host of `public-url`, and the hosts from which the repository registers plugins, for what they serve.
 * @returns what is wrong there
 */
async function askHosts({ inputs, surroundings, record }, workspace, source) {
    const { publicUrl, directory } = inputs.bundle;
    const { url: liveUrl, timeoutSeconds } = inputs.live;
    const origin = liveUrl === '' ? ANY_ORIGIN : new URL(liveUrl).origin;
    const { log, wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) } = surroundings;
    const registered = registeredElsewhere(workspace, publicUrl);
    const built = publicUrl === '' ? [] : hostedFromDirectory(workspace.root, directory, publicUrl);
    const files = (built.length > 0 || publicUrl === ''
        ? built
        : ((await askManifests(publicUrl, origin)) ?? []).flatMap((manifest) => filesOfManifest(manifest, publicUrl))).slice(0, MAX_FILES);
    if (publicUrl !== '' && built.length === 0)
        record({
            notes: [
                files.length > 0
                    ? `${directory} is not here: what ${publicUrl} serves was taken from its own manifests.json, and not compared byte by byte.`
                    : `${publicUrl} was not compared with anything: neither is ${directory} here, nor does the host serve manifests.json.`,
            ],
        });
    if (files.length + registered.length > 0)
        log(`Asking other hosts for ${files.length + registered.length} files of plugins`);
    const request = { origin, timeoutSeconds, wait, now: () => Date.now() };
    const asked = await askHosted({ ...request, files });
    const others = await askHosted({ ...request, files: registered.map(({ file }) => file) });
    const subject = {
        file: workspace.plugins.length > 0 ? layout/* layout */.Zp.dockerfile : '',
        publicUrl,
        liveUrl,
        asked,
        madeUp: publicUrl === '' ? undefined : await askMadeUpName(publicUrl, origin),
        elsewhere: registered.flatMap(({ at }, index) => {
            const each = others[index];
            return each ? [{ asked: each, at }] : [];
        }),
    };
    const all = [...asked, ...others];
    if (publicUrl !== '' || all.length > 0)
        record({
            hosted: {
                publicUrl,
                served: all.filter(({ wrong }) => wrong.length === 0).map(({ url }) => url),
                stale: all.filter(({ wrong }) => wrong.length > 0).map(({ url }) => url),
            },
        });
    return (0,findings/* findings */.Pg)(catalogue/* catalogue */.sW.hosted, subject, source);
}
/** The files that an earlier step built into the repository, as they should be served. */
function hostedFromDirectory(root, directory, publicUrl) {
    const manifests = (0,tailchat_gateway/* jsonOf */.o_)({ text: (0,files/* repositoryText */.g_)(root, `${directory}/manifests.json`) });
    if (!Array.isArray(manifests))
        return [];
    return manifests.flatMap((manifest) => {
        const first = filesOfManifest(manifest, publicUrl);
        const folder = (0,json/* stringAt */.bX)(manifest, 'url')
            ?.slice(publicUrl.length + 1)
            .replace(/\/index\.js$/, '') ?? '';
        const [file] = first;
        const path = (0,external_node_path_.join)(root, directory, folder);
        const isThere = (0,files/* isInside */.FK)((0,external_node_path_.join)(root, directory), path) &&
            (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false })?.isDirectory() &&
            // A link on the way may lead out of the repository.
            (0,files/* isInside */.FK)(root, (0,external_node_fs_.realpathSync)(path));
        return file?.plugin !== undefined && isThere
            ? builtFiles(file.plugin, `${publicUrl}/${folder}`, (0,bundle_files/* listBundle */.tK)(path))
            : first;
    });
}
/** The plugins that the repository registers from other hosts: `check` never asks these. */
function registeredElsewhere(workspace, publicUrl) {
    const ofManifests = workspace.plugins.flatMap(({ name, web }) => web?.manifest
        ? [
            {
                name,
                url: (0,json/* stringAt */.bX)(web.manifest.value, 'url'),
                at: { file: web.manifest.path, line: 1, column: 1 },
            },
        ]
        : []);
    const entries = (0,rules_entries/* entriesOf */.M)(workspace).map(({ name, url, position }) => ({ name, url, at: position('url') }));
    const seen = new Set();
    return [...entries, ...ofManifests].flatMap(({ name, url, at }) => {
        if (name === undefined || url === undefined || !isHttp(url) || seen.has(url))
            return [];
        // These are asked for with all of their files.
        if (publicUrl !== '' && url.startsWith(`${publicUrl}/`))
            return [];
        seen.add(url);
        return seen.size > MAX_FILES ? [] : [{ file: firstFile(name, url), at }];
    });
}
/** Whether it can be asked for without sending a password along. */
function isHttp(url) {
    if (!URL.canParse(url))
        return false;
    const { protocol, username, password } = new URL(url);
    return /^https?:$/.test(protocol) && username === '' && password === '';
}

// EXTERNAL MODULE: ./.build/src/stages/stage.js
var stage = __webpack_require__(9573);
;// CONCATENATED MODULE: ./.build/src/stages/status.js























/**
 * Asks the running server what it loads and serves, and compares it with the image that it should run, else with what
 * is checked out; and static hosts for what they serve of plugins. Nothing is written anywhere, and no secret is sent.
 * @throws {StageError} when the server does not answer, or lacks services
 */
async function status_status(run) {
    const { inputs, surroundings, stage, record } = run;
    const { root } = surroundings;
    const workspace = await stage('workspace', () => (0,read/* readWorkspace */.i)(root));
    const hasPlugins = workspace.plugins.length > 0;
    const declarations = hasPlugins
        ? await stage('declarations', () => (0,check/* readDeclarations */.m2)(workspace.root, inputs.declarations))
        : types/* noDeclarations */.L;
    const desired = hasPlugins ? (0,declarations_desired/* desiredState */.Iq)(workspace, declarations, inputs.undeclared) : undefined;
    if (desired)
        record({ plugins: (0,report/* reportPlugins */.h_)(desired) });
    const source = { root: workspace.root, declarations };
    const live = inputs.live.url === '' ? undefined : await askServer(run, desired, source);
    const hosts = await askHosts(run, workspace, source);
    const all = (0,findings/* joinFindings */.pZ)(live?.found ?? findings/* noFindings */._I, hosts);
    record({ findings: (0,report/* reportFindings */.LH)(all.open), accepted: [...all.accepted] });
    if (live)
        requireWhole(live.rows, live.promise, live.result);
}
async function askServer(run, desired, source) {
    const { inputs, surroundings, record } = run;
    const { log, wait = sleep } = surroundings;
    const promise = await promiseFor(run, desired);
    const { url, timeoutSeconds } = inputs.live;
    const count = promise.services ? (0,wording/* plural */.LS)(promise.services.length, 'service') : 'its services';
    log(`Asking ${url} for ${count}`);
    const result = await askLive({ url, promise, timeoutSeconds, wait, now: () => Date.now() });
    const rows = liveRows(promise, result, timeoutSeconds);
    const file = desired ? layout/* layout */.Zp.dockerfile : '';
    const found = (0,findings/* findings */.Pg)(catalogue/* catalogue */.sW.live, { file, promise, result, rows, timeoutSeconds }, source);
    record({ services: rows, live: reportLive(url, promise, result) });
    return { promise, result, rows, found };
}
function sleep(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
/** The image that is named, else the checkout, else nothing: then the server is shown and not judged. */
async function promiseFor(run, desired) {
    const { inputs, stage, record } = run;
    if (inputs.image.names.length > 0) {
        const image = await stage('image', () => readLiveImage(run));
        if (!(0,image_record/* readServiceRecord */.Jy)((0,registry/* labelsOfConfig */.Lr)(image.config))) {
            const instead = desired
                ? 'what the checkout declares is expected'
                : 'which services the server should load is not known';
            record({ notes: [`The image records no services (label ${image_record/* SERVICES_LABEL */.AB}): ${instead}.`] });
        }
        return (0,live_promise/* promiseOfImage */.q8)(image, desired);
    }
    if (!desired) {
        record({ notes: ['Neither images nor a checkout says what is expected: nothing was judged.'] });
        return live_promise/* NO_PROMISE */.Qx;
    }
    record({
        notes: [
            'No image is named: the server is compared with the sources that are checked out, and bundles are not compared byte by byte. Set images to compare with what was deployed.',
        ],
    });
    const plugins = (0,rules_image/* offered */.Ix)(desired).map(({ plugin }) => plugin.name);
    return (0,live_promise/* promiseOfCheckout */.fe)(desired, plugins);
}
/** Reads the image in its container registry, and what it would serve in the engine. */
async function readLiveImage(run) {
    const { inputs, surroundings, record } = run;
    const [first = ''] = inputs.image.names;
    const wanted = first.includes('@') ? first : ((0,plan/* planReferences */.Ej)(inputs.image, surroundings.event, '')[0] ?? '');
    let image;
    await (0,deploy.withDocker)(run, async (docker) => {
        const digest = await (0,registry/* digestOf */.ol)(docker, wanted);
        if (digest === undefined)
            throw new Error(`the container registry has no ${wanted}: set images and tags`);
        const name = (0,image_reference/* nameOf */.Vb)(wanted);
        const reference = `${name}@${digest}`;
        record({ image: { name, digest, tags: [], platforms: [] } });
        const config = await (0,registry/* configOf */.W1)(docker, reference);
        const isNode = (0,registry/* labelsOfConfig */.Lr)(config)[node/* AS_LABEL */.W_] === 'node';
        image = { reference, config, contents: isNode ? undefined : await contentsOf(run, docker, reference) };
    });
    if (!image)
        throw new Error(`${wanted} could not be read`);
    return image;
}
/** What the gateway of the image would serve; without an engine that can run it, bundles are not compared. */
async function contentsOf({ inputs, record }, docker, reference) {
    const { readContentsOfImage } = await __webpack_require__.e(/* import() */ 774).then(__webpack_require__.bind(__webpack_require__, 4393));
    try {
        await (0,build/* pullImage */.ZP)(docker, reference);
        const { appDir } = inputs.image;
        return await readContentsOfImage({ docker, reference, appDir });
    }
    catch (error) {
        record({
            notes: [
                `Bundles and plugin registry files were not compared: what the image holds could not be read (${(0,wording/* messageOf */.bD)(error)}).`,
            ],
        });
        return undefined;
    }
}
function requireWhole(rows, { reference }, { health }) {
    if (!health)
        throw new stage/* StageError */.Zu('status', 'the server does not answer /health');
    const expected = rows.filter((row) => row.expected);
    const missing = expected.filter(({ loaded }) => !loaded).map(({ name }) => name);
    if (missing.length > 0)
        throw new stage/* StageError */.Zu('status', `the running server lacks ${(0,wording/* listed */.KE)(missing)} of ${reference} (${missing.length} of ${(0,wording/* plural */.LS)(expected.length, 'service')})`);
}


/***/ })

};
