export const id = 261;
export const ids = [261,693];
export const modules = {

/***/ 5788:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ declarePlugin),
/* harmony export */   n: () => (/* binding */ forgetPlugin)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _lib_text_edits_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5052);


/**
 * Returns a declarations file with one more plugin, as a block behind the others; every other byte stays.
 * @param declared what is declared of it, such as `offer: registry`; empty: nothing
 * @throws where the place for it is not understood, with the text to add by hand
 */
function declarePlugin(text, name, declared) {
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__.parseDocument)(text, { version: '1.2', uniqueKeys: false, prettyErrors: false });
    const byHand = new Error(`add \`${name}: { ${declared} }\` below \`plugins:\` in the declarations file by hand, then run this again`);
    if (document.errors.length > 0 || !(0,yaml__WEBPACK_IMPORTED_MODULE_0__.isMap)(document.contents))
        throw byHand;
    const end = (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_1__/* .lineEndingOf */ .RE)(text);
    // A block, into which a person can write another line.
    const entry = (indent) => declared === '' ? `${indent}${name}: {}` : `${indent}${name}:${end}${indent}  ${declared}`;
    const pair = pairOf(document.contents, 'plugins');
    if (!pair)
        return `${text}${text === '' || text.endsWith('\n') ? '' : end}plugins:${end}${entry('  ')}${end}`;
    const map = pair.value;
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__.isMap)(map) && pairOf(map, name))
        return text;
    // `plugins:` and `plugins: {}` are where a file begins.
    if (map === null || ((0,yaml__WEBPACK_IMPORTED_MODULE_0__.isScalar)(map) && map.value === null) || ((0,yaml__WEBPACK_IMPORTED_MODULE_0__.isMap)(map) && map.items.length === 0)) {
        const key = pair.key;
        if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isNode */ .Ll)(key) || !key.range)
            throw byHand;
        const colon = text.indexOf(':', key.range[1] - 1);
        const rest = /^:[ \t]*(?:\{[ \t]*\}|~|null)?[ \t]*/.exec(text.slice(colon))?.[0] ?? ':';
        const indent = ' '.repeat(columnOf(text, key.range[0]) + 2);
        const tail = text.slice(colon + rest.length);
        const line = /^[^\r\n]*/.exec(tail)?.[0] ?? '';
        return `${text.slice(0, colon)}:${line === '' ? '' : ` ${line}`}${end}${entry(indent)}${tail.slice(line.length) || end}`;
    }
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__.isMap)(map) || map.flow)
        throw byHand;
    const last = map.items.at(-1);
    const key = last?.key;
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isNode */ .Ll)(key) || !key.range)
        throw byHand;
    const after = endOf(text, last);
    const indent = ' '.repeat(columnOf(text, key.range[0]));
    const head = text.slice(0, after);
    return `${head}${head.endsWith('\n') ? '' : end}${entry(indent)}${end}${text.slice(after)}`;
}
/** Returns a declarations file without a plugin; every other byte stays. */
function forgetPlugin(text, name) {
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__.parseDocument)(text, { version: '1.2', uniqueKeys: false, prettyErrors: false });
    const plugins = (0,yaml__WEBPACK_IMPORTED_MODULE_0__.isMap)(document.contents) ? pairOf(document.contents, 'plugins') : undefined;
    if (!plugins || !(0,yaml__WEBPACK_IMPORTED_MODULE_0__.isMap)(plugins.value))
        return text;
    const pair = pairOf(plugins.value, name);
    if (!pair || !(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isNode */ .Ll)(pair.key) || !pair.key.range)
        return text;
    if (plugins.value.flow)
        throw new Error(`take \`${name}\` out of the declarations file by hand, then run this again`);
    const start = text.lastIndexOf('\n', pair.key.range[0] - 1) + 1;
    const end = endOf(text, pair);
    if (plugins.value.items.length > 1)
        return text.slice(0, start) + text.slice(end);
    // The last one: a map without entries has to be written as one.
    const key = plugins.key;
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isNode */ .Ll)(key) || !key.range)
        return text;
    const colon = text.indexOf(':', key.range[1] - 1);
    return `${text.slice(0, colon)}: {}${text.slice(colon + 1, start)}${text.slice(end)}`;
}
function pairOf(map, name) {
    return map.items.find(({ key }) => (0,yaml__WEBPACK_IMPORTED_MODULE_0__.isScalar)(key) && String(key.value) === name);
}
/** The offset behind the line that an entry ends in; comments and empty lines below it are not its own. */
function endOf(text, { key, value }) {
    const range = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isNode */ .Ll)(value) && value.range ? value.range : (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isNode */ .Ll)(key) ? key.range : undefined;
    const last = text.slice(0, range?.[1] ?? 0).trimEnd().length;
    const end = text.indexOf('\n', last);
    return end === -1 ? text.length : end + 1;
}
function columnOf(text, offset) {
    return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}


/***/ }),

/***/ 9912:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  su: () => (/* binding */ newestOf),
  vz: () => (/* binding */ sourceOf),
  B3: () => (/* binding */ withLocked),
  g5: () => (/* binding */ withSource)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __webpack_require__(5312);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/lib/command.js + 1 modules
var command = __webpack_require__(5908);
// EXTERNAL MODULE: ./.build/src/lib/git.js
var git = __webpack_require__(9779);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __webpack_require__(2184);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/tree.js
var tree = __webpack_require__(2980);
;// CONCATENATED MODULE: ./.build/src/declarations/elsewhere/snapshot.js







/** A fork of all of Tailchat has 6,000 files; unpacked it takes 60 MB. */
const MAX_ENTRIES = 50_000;
/** A plugin in an archive comes without the rest of Tailchat. */
const MAX_ARCHIVE_ENTRIES = 5000;
const MAX_ARCHIVE_BYTES = 64 * 1024 * 1024;
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
/** Throws where there are more entries than are looked at. */
function countEntries(count) {
    if (count > MAX_ENTRIES)
        throw new Error(`it contains more than ${MAX_ENTRIES} files`);
}
/**
 * Reads a .tar or .tar.gz in memory: nothing is written, so that no path and no link of it leads anywhere.
 * @param strip whether the first directory of each path is left out, as npm has it
 * @throws where it is not such an archive, or exceeds a limit
 */
async function readArchive(bytes, { strip }) {
    if (bytes.length > MAX_ARCHIVE_BYTES)
        throw new Error(`the archive is larger than the limit of ${MAX_ARCHIVE_BYTES} bytes`);
    const { unpackTar } = await __webpack_require__.e(/* import() */ 942).then(__webpack_require__.bind(__webpack_require__, 1942));
    const tar = await unpacked(bytes);
    const files = new Map();
    const others = new Map();
    let entries;
    try {
        let count = 0;
        const filter = () => ++count <= MAX_ARCHIVE_ENTRIES;
        entries = await unpackTar(tar, { strict: true, filter });
        if (count > MAX_ARCHIVE_ENTRIES)
            throw new Error(`it contains more than ${MAX_ARCHIVE_ENTRIES} files`);
    }
    catch (error) {
        throw new Error(`it can't be read as a tar archive (${(0,wording/* messageOf */.bD)(error)})`, { cause: error });
    }
    if (entries.length === 0)
        throw new Error('the archive is empty, or not a tar archive');
    const common = strip || haveOneDirectory(entries.map(({ header }) => header.name));
    for (const { header, data } of entries) {
        const { type = 'file', name } = header;
        if (type === 'directory' || type === 'pax-global-header')
            continue;
        const whole = name.replace(/^(?:\.\/)+/, '');
        const path = common ? whole.slice(whole.indexOf('/') + 1) : whole;
        // npm's own reader drops everything but files; here it is refused by name.
        if (type === 'file') {
            if (files.has(path))
                throw new Error(`the archive contains ${JSON.stringify(path)} twice`);
            files.set(path, Buffer.from(data ?? []));
        }
        else
            others.set(path, type === 'symlink' ? 'symbolic link' : type === 'link' ? 'hard link' : 'special file');
    }
    return inMemory(files, others);
}
async function unpacked(bytes) {
    if (!(bytes[0] === 0x1f && bytes[1] === 0x8b))
        return bytes;
    try {
        return await (0,external_node_util_.promisify)(external_node_zlib_.gunzip)(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
    }
    catch (error) {
        if ((0,files/* errorCode */.CA)(error) === 'ERR_BUFFER_TOO_LARGE')
            throw new Error(`the unpacked archive is larger than the limit of ${MAX_UNPACKED_BYTES} bytes`, {
                cause: error,
            });
        throw new Error(`it can't be read as a gzip archive (${(0,wording/* messageOf */.bD)(error)})`, { cause: error });
    }
}
/** As `git archive --prefix`, GitHub and npm make them. */
function haveOneDirectory(names) {
    const first = new Set(names
        .map((name) => name.replace(/^(?:\.\/)+/, ''))
        .filter(Boolean)
        .map((name) => name.split('/')[0]));
    return first.size === 1 && names.every((name) => name.includes('/'));
}
function inMemory(files, others) {
    return {
        files: new Map([...files].map(([path, { length }]) => [path, length])),
        others,
        read: (paths) => Promise.resolve(new Map(paths.map((path) => [path, files.get(path) ?? Buffer.alloc(0)]))),
    };
}
function kindOf(stat) {
    if (stat.isSymbolicLink())
        return 'symbolic link';
    return stat.isDirectory() ? 'directory below more than 20 others' : 'special file';
}
/** Reads a folder of this machine; links are named and not followed. */
function readFolder(folder) {
    const files = new Map();
    const others = new Map();
    (0,tree/* walkPlugin */.HC)(folder, '', (path, stat) => {
        if (stat.isFile())
            files.set(path, stat.size);
        else
            others.set(path, kindOf(stat));
        countEntries(files.size + others.size);
    });
    return {
        files,
        others,
        read: (paths) => Promise.resolve(new Map(paths.map((path) => {
            const stat = (0,external_node_fs_.lstatSync)((0,external_node_path_.join)(folder, path));
            if (!stat.isFile() || stat.size > tree/* LIMITS */.b1.fileBytes)
                throw new Error(`${path} changed while it was read`);
            return [path, (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, path))];
        }))),
    };
}

;// CONCATENATED MODULE: ./.build/src/declarations/elsewhere/git-source.js







const LIST_SECONDS = 60;
const FETCH_SECONDS = 600;
/** A fork of all of Tailchat is 60 MB. */
const MAX_FETCHED_BYTES = 512 * 1024 * 1024;
/**
 * Asks a git server for its tags and branches.
 * @throws with what to do when it can't be asked
 */
async function listRefs(url, access) {
    // In a repository of its own, none that is around here has a say.
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        const list = ['ls-remote', '--quiet', 'origin', 'HEAD', 'refs/tags/*', 'refs/heads/*'];
        const output = await ask({ url, access }, list, {
            directory: (0,external_node_path_.join)(directory, 'repository'),
            seconds: LIST_SECONDS,
        });
        const [tags, branches] = [new Map(), new Map()];
        let head;
        // An annotated tag comes twice: the second time peeled, as the commit that it is of.
        for (const [, oid = '', name = '', peeled] of output.matchAll(/^([0-9a-f]{40,64})\t(\S+?)(\^\{\})?$/gm)) {
            if (name === 'HEAD')
                head = oid;
            else if (name.startsWith('refs/heads/'))
                branches.set(name.slice('refs/heads/'.length), oid);
            else if (name.startsWith('refs/tags/') && (peeled || !tags.has(name.slice('refs/tags/'.length))))
                tags.set(name.slice('refs/tags/'.length), oid);
        }
        return { head, tags, branches };
    });
}
/**
 * Returns the commit that a ref leads to.
 * @param ref a tag, a branch or a whole commit; `undefined`: the default branch
 * @throws with what there is instead
 */
function commitOfRef(refs, ref, name) {
    if (ref === undefined) {
        if (refs.head === undefined)
            throw new Error(`${name} has no commits`);
        return refs.head;
    }
    const found = refs.tags.get(ref) ?? refs.branches.get(ref);
    if (found !== undefined)
        return found;
    if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(ref))
        return ref;
    if (/^[0-9a-f]{7,39}$/.test(ref))
        throw new Error(`${name}: write the commit ${ref} in full, with all 40 digits`);
    const newest = [...refs.tags.keys()].sort(lib_text/* compare */.UD).slice(-5).reverse();
    throw new Error(`${name} has neither a tag nor a branch ${ref}${newest.length > 0 ? `; tags: ${newest.join(', ')}` : ''}`);
}
/** Fetches one commit without its history, hands what it holds to `work`, and removes it. */
async function withCommit({ url, commit }, access, work) {
    return (0,temporary/* withTemporaryDirectory */.n)(async (temporary) => {
        const directory = (0,external_node_path_.join)(temporary, 'repository');
        const fetch = ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', 'origin', commit];
        await ask({ url, access }, fetch, { directory, seconds: FETCH_SECONDS });
        return work(await snapshotOf(directory, commit));
    });
}
/**
 * Reads the objects of a commit as they are: nothing is checked out, so that no filter runs, no link is made, and no
 * attribute of the content says what its files hold.
 */
async function snapshotOf(directory, commit) {
    const listing = await (0,git/* git */.$Y)(directory, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit]);
    const files = new Map();
    const ids = new Map();
    const others = new Map();
    for (const entry of listing.split('\0')) {
        const match = /^(\d{6}) (\w+) ([0-9a-f]+) +(\d+|-)\t([^]+)$/.exec(entry);
        if (!match)
            continue;
        const [, mode, type, id = '', size, path = ''] = match;
        if (type === 'commit')
            others.set(path, 'submodule');
        else if (mode === '120000')
            others.set(path, 'symbolic link');
        else {
            files.set(path, Number(size));
            ids.set(path, id);
        }
        countEntries(files.size + others.size);
    }
    const read = async (paths) => {
        if (paths.length === 0)
            return new Map();
        const wanted = paths.map((path) => ids.get(path) ?? '');
        // The last one is there for none: the newline at the very end is not returned.
        const output = await (0,git/* git */.$Y)(directory, ['cat-file', '--batch'], {
            input: [...wanted, 'end', ''].join('\n'),
            encoding: 'latin1',
        });
        return contentsOf(Buffer.from(output, 'latin1'), paths);
    };
    return { files, others, read };
}
function contentsOf(output, paths) {
    const contents = new Map();
    let at = 0;
    for (const path of paths) {
        const end = output.indexOf('\n', at);
        const size = /^[0-9a-f]+ blob (\d+)$/.exec(output.subarray(at, end).toString('latin1'))?.[1];
        if (size === undefined)
            throw new Error(`git has no content of ${path}`);
        contents.set(path, output.subarray(end + 1, end + 1 + Number(size)));
        at = end + 1 + Number(size) + 1;
    }
    return contents;
}
/** Runs a command of git that talks to a server, in an empty repository that is made for it. */
async function ask({ url, access }, args, { directory, seconds }) {
    await (0,git/* createRepository */.vB)(directory);
    const tooMuch = new AbortController();
    const watch = setInterval(() => {
        if (sizeOf((0,external_node_path_.join)(directory, '.git', 'objects', 'pack')) > MAX_FETCHED_BYTES)
            tooMuch.abort();
    }, 200);
    try {
        return await (0,command/* runCommand */.d1)('git', [`--git-dir=${(0,external_node_path_.join)(directory, '.git')}`, ...args], {
            cwd: directory,
            env: environmentFor(url, access),
            timeoutSeconds: seconds,
            signal: tooMuch.signal,
        });
    }
    catch (error) {
        if (tooMuch.signal.aborted)
            throw new Error(`${publicName(url)} is larger than the limit of ${MAX_FETCHED_BYTES} bytes`, {
                cause: error,
            });
        throw error instanceof command/* CommandError */.Qd ? new Error(explained(url, access, error), { cause: error }) : error;
    }
    finally {
        clearInterval(watch);
    }
}
function sizeOf(directory) {
    try {
        return (0,external_node_fs_.readdirSync)(directory).reduce((sum, name) => sum + (0,external_node_fs_.statSync)((0,external_node_path_.join)(directory, name)).size, 0);
    }
    catch {
        // A file was renamed meanwhile: the next look counts it.
        return 0;
    }
}
/** Variables of a user's environment that git needs to log in from a terminal. */
const OF_USER = ['GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_ASKPASS', 'GIT_CONFIG_GLOBAL', 'SSH_ASKPASS'];
/**
 * The user's own settings count, since they hold proxies and logins. Only https, ssh and what is named on this machine is
 * spoken, whatever a server redirects to.
 */
function environmentFor(url, { token, isTerminal }) {
    const settings = [
        ['remote.origin.url', url],
        ['core.hooksPath', '/dev/null'],
        ['core.fsmonitor', 'false'],
        ['maintenance.auto', 'false'],
        ['gc.auto', '0'],
        ['fetch.recurseSubmodules', 'false'],
        ['transfer.fsckObjects', 'true'],
        ['http.followRedirects', 'initial'],
    ];
    if (token !== '' && /^https:\/\/github\.com\//.test(url)) {
        const header = 'http.https://github.com/.extraheader';
        // One that the machine's settings have would be sent as well.
        settings.push([header, ''], [header, `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`]);
    }
    const user = isTerminal ? OF_USER.map((name) => [name, process.env[name]]) : [];
    return {
        ...(0,git/* gitEnvironment */._K)(),
        ...Object.fromEntries(user.filter(([, value]) => value !== undefined)),
        // Unlike a setting it also holds for the process that serves a repository of this machine, and obeys its configuration.
        GIT_ALLOW_PROTOCOL: url.startsWith('file:')
            ? 'file'
            : url.startsWith('http:')
                ? 'http:https'
                : 'https:ssh',
        GIT_NO_LAZY_FETCH: '1',
        GIT_CONFIG_COUNT: String(settings.length),
        ...Object.fromEntries(settings.flatMap(([key, value], index) => [
            [`GIT_CONFIG_KEY_${index}`, key],
            [`GIT_CONFIG_VALUE_${index}`, value],
        ])),
    };
}
/** The address as a message may have it. */
function publicName(url) {
    return url.replace(/^(\w+:\/\/)[^/]*@/, '$1');
}
/** What went wrong and what to do, from what git says. */
function explained(url, { token, isTerminal }, error) {
    const text = error.lastLines.join('\n');
    const name = publicName(url);
    const quoted = error.lastLines.findLast((line) => /^(?:fatal|error|remote):/.test(line)) ?? error.outcome;
    const login = isTerminal
        ? 'log in with git first (`git ls-remote` of this address must work)'
        : token === ''
            ? 'set github-token'
            : 'the github-token of a workflow can only read its own repository: set one that may read this one';
    if (/not our ref|unadvertised object|couldn't find remote ref|does not exist \(or/i.test(text))
        return `${name} no longer has that commit: it was removed, or the history was rewritten (${quoted})`;
    if (/Authentication failed|could not read Username|Permission denied|terminal prompts disabled|[Rr]epository (?:'[^']{0,500}' )?not found|returned error: (?:401|403|404)/.test(text))
        return `${name} does not exist or is private: ${login} (${quoted})`;
    if (/returned error: 429|rate limit/i.test(text))
        return `${name} is rate limiting: try again later (${quoted})`;
    if (/Could not resolve|Failed to connect|Connection refused|timed out|unable to access|Network is unreachable/.test(text))
        return `${name} can't be reached: check the network and the proxy (http.proxy of git, https_proxy) (${quoted})`;
    if (/does not appear to be a git repository|not found/i.test(text))
        return `${name} is not a git repository (${quoted})`;
    if (/transport '\w+' not allowed/.test(text))
        return `${name}: git may use https, ssh and file here (${quoted})`;
    return `${name} can't be fetched: ${quoted}`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./.build/src/formats/json.js
var json = __webpack_require__(6916);
// EXTERNAL MODULE: ./.build/src/lib/http.js
var http = __webpack_require__(5747);
;// CONCATENATED MODULE: ./.build/src/declarations/elsewhere/npm-source.js








const SECONDS = 120;
/** What the lock holds at most. */
const MAX_VERSION = 100;
const MAX_PACKUMENT_BYTES = 32 * 1024 * 1024;
/**
 * Asks the npm registry for the newest version in a range.
 * @param range a range of versions, or a dist-tag such as `latest`
 * @throws with what to do when there is none
 */
async function resolvePackage(name, range) {
    const registry = registryOf(name);
    const url = `${(0,lib_text/* withoutTrailing */.hT)(registry, '/')}/${name.replace('/', '%2f')}`;
    const body = await get(url, name, {
        maxBytes: MAX_PACKUMENT_BYTES,
        accept: 'application/vnd.npm.install-v1+json, application/json;q=0.9',
    });
    let packument;
    try {
        packument = JSON.parse(body.toString('utf8'));
    }
    catch {
        throw new Error(`${url} did not answer with package metadata: check the registry's address`);
    }
    const versions = Object.keys((0,json/* ownValue */.eC)(packument, 'versions') ?? {});
    const tagged = (0,json/* stringAt */.bX)(packument, 'dist-tags', range);
    const { default: semver } = await __webpack_require__.e(/* import() */ 88).then(__webpack_require__.t.bind(__webpack_require__, 2088, 19));
    const version = tagged ?? semver.maxSatisfying(versions, range);
    if (version === null || !versions.includes(version))
        throw new Error(`npm:${name} has no version ${range}; newest: ${(0,json/* stringAt */.bX)(packument, 'dist-tags', 'latest') ?? 'none'}`);
    // It goes into the lock, a commit and a pull request.
    if (version.length > MAX_VERSION || semver.valid(version) === null || !/^[\w.+-]+$/.test(version))
        throw new Error(`the npm registry names an invalid version of ${name}`);
    const tarball = (0,json/* stringAt */.bX)(packument, 'versions', version, 'dist', 'tarball');
    const integrity = (0,json/* stringAt */.bX)(packument, 'versions', version, 'dist', 'integrity');
    const sha512 = integrity?.split(/\s+/).find((each) => /^sha512-[A-Za-z0-9+/]{86}==$/.test(each));
    if (tarball === undefined || !/^https?:\/\//.test(tarball))
        throw new Error(`the npm registry names no archive of ${name}@${version}`);
    if (sha512 === undefined)
        throw new Error(`the npm registry has no sha512 of ${name}@${version}; without it the archive can't be verified`);
    return { version, tarball, integrity: sha512 };
}
/**
 * Fetches the archive of a version.
 * @throws where its digest is another one
 */
async function fetchPackage(name, { version, tarball, integrity }) {
    const bytes = await get(tarball, `${name}@${version}`, { maxBytes: MAX_ARCHIVE_BYTES, accept: '*/*' });
    const found = integrityOf(bytes);
    if (found !== integrity)
        throw new Error(`the archive of ${name}@${version} is not the one that was published: its digest is ${found}, but the registry states ${integrity}`);
    return bytes;
}
/** Returns the digest of an archive as npm writes it. */
function integrityOf(bytes) {
    return `sha512-${(0,external_node_crypto_.createHash)('sha512').update(bytes).digest('base64')}`;
}
async function get(url, what, { maxBytes, accept }) {
    const answer = await (0,http/* httpGet */.l)(url, { seconds: SECONDS, maxBytes, headers: { accept } });
    const host = new URL(url).host;
    if ('reason' in answer)
        throw new Error(`npm:${what} can't be fetched from ${host}: ${answer.reason}; check the network (behind a proxy: NODE_USE_ENV_PROXY=1 and HTTPS_PROXY with Node.js 24)`);
    if (answer.status === 404)
        throw new Error(`npm:${what}: ${host} has no such package, or it is private`);
    if (answer.status === 429)
        throw new Error(`npm:${what}: ${host} is rate limiting: try again later`);
    if (answer.status === 401 || answer.status === 403)
        throw new Error(`npm:${what}: ${host} requires a login (status ${answer.status}): fetch it with \`npm pack ${what}\` and add the archive`);
    if (answer.status !== 200)
        throw new Error(`npm:${what}: ${host} answers with status ${answer.status}`);
    return answer.body;
}
const PUBLIC_REGISTRY = 'https://registry.npmjs.org';
/** The registry that npm would ask: of the package's scope, then the one of all, from the environment and ~/.npmrc. */
function registryOf(name) {
    const npmrc = userSettings();
    const scope = /^(@[^/]+)\//.exec(name)?.[1];
    const named = (scope === undefined ? undefined : npmrc.get(`${scope}:registry`)) ??
        process.env['npm_config_registry'] ??
        process.env['NPM_CONFIG_REGISTRY'] ??
        npmrc.get('registry') ??
        PUBLIC_REGISTRY;
    if (!URL.canParse(named) || !/^https?:$/.test(new URL(named).protocol))
        // What can't be read as an address may contain a password, so it is not quoted.
        throw new Error('the address of the npm registry in the environment or in .npmrc is not an http or https address');
    const { username, password, host } = new URL(named);
    if (username !== '' || password !== '')
        throw new Error(`the address of the npm registry ${host} contains a user or a password, which is not sent: fetch the package with \`npm pack\` and add the archive`);
    return named;
}
function userSettings() {
    const file = process.env['NPM_CONFIG_USERCONFIG'] ?? process.env['npm_config_userconfig'] ?? (0,external_node_path_.join)((0,external_node_os_.homedir)(), '.npmrc');
    try {
        const lines = (0,external_node_fs_.readFileSync)(file, 'utf8').matchAll(/^[ \t]*((?:@[\w.-]+:)?registry)[ \t]*=[ \t]*(\S+)[ \t]*$/gm);
        return new Map([...lines].map(([, key = '', value = '']) => [key, value]));
    }
    catch {
        return new Map();
    }
}

// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/source.js
var elsewhere_source = __webpack_require__(3993);
;// CONCATENATED MODULE: ./.build/src/declarations/elsewhere/fetch.js








/**
 * Finds out what a source gives, fetches it, and hands it to `work`.
 * @throws with what to do when it can't be fetched
 */
async function withSource(source, access, work) {
    const request = (0,elsewhere_source/* requestOf */.fo)(source);
    const head = { source: (0,elsewhere_source/* nameOfSource */.Io)(source), ...(request !== undefined && { ref: request }) };
    if (source.kind === 'git') {
        const refs = await listRefs(source.url, access);
        const commit = commitOfRef(refs, source.ref, source.name);
        return withCommit({ url: source.url, commit }, access, (snapshot) => work(snapshot, { ...head, commit }));
    }
    if (source.kind === 'npm') {
        const found = await resolvePackage(source.name, source.range);
        return withPackage(source.name, found, (snapshot) => work(snapshot, { ...head, version: found.version, integrity: found.integrity }));
    }
    const path = (0,external_node_path_.resolve)(access.root, localPath(source));
    if (!(0,external_node_fs_.existsSync)(path))
        throw new Error(`${localPath(source)} does not exist`);
    requireReadable(localPath(source), path, access);
    // An absolute path is of one machine only.
    const portable = (0,external_node_path_.isAbsolute)(localPath(source)) ? (0,external_node_path_.relative)(access.root, path) : localPath(source);
    const name = portable.split(external_node_path_.sep).join('/');
    const local = { source: /^\.{0,2}\//.test(name) || name.startsWith('..') ? name : `./${name}` };
    if (source.kind === 'folder') {
        if (!(0,external_node_fs_.statSync)(path).isDirectory())
            throw new Error(`${source.directory} is not a folder`);
        return work(readFolder((0,external_node_fs_.realpathSync)(path)), local);
    }
    const { bytes, integrity } = readLocalArchive(path, source.file);
    return work(await unpack(bytes, source.file, false), { ...local, integrity });
}
/**
 * The lock and its links are content of the repository, so in a workflow they can't name anything outside of it. Git's
 * directory may contain a token, and is never the source of a plugin.
 */
function requireReadable(name, path, { root, isTerminal }) {
    const [top, real] = [(0,external_node_fs_.realpathSync)(root), (0,external_node_fs_.realpathSync)(path)];
    if (!(0,files/* isInside */.FK)(top, real) && (!isTerminal || (0,files/* isInside */.FK)(root, path)))
        throw new Error(`${name} leads out of the repository, and only a run in a terminal may read from there`);
    if ((0,files/* isInGit */.aR)((0,external_node_path_.relative)(top, real)))
        throw new Error(`${name} leads into a .git directory`);
}
function localPath(source) {
    return source.kind === 'folder' ? source.directory : source.file;
}
function readLocalArchive(path, name) {
    const stat = (0,external_node_fs_.statSync)(path);
    // A device has no end.
    if (!stat.isFile())
        throw new Error(`${name} is not a regular file`);
    const { size } = stat;
    if (size > MAX_ARCHIVE_BYTES)
        throw new Error(`${name} has ${size} bytes: more than the ${MAX_ARCHIVE_BYTES} that are read`);
    const bytes = (0,external_node_fs_.readFileSync)(path);
    return { bytes, integrity: integrityOf(bytes) };
}
async function withPackage(name, version, work) {
    return work(await unpack(await fetchPackage(name, version), `${name}@${version.version}`, true));
}
async function unpack(bytes, name, strip) {
    try {
        return await readArchive(bytes, { strip });
    }
    catch (error) {
        throw new Error(`${(0,external_node_path_.basename)(name)}: ${(0,wording/* messageOf */.bD)(error)}`, { cause: error });
    }
}
/** Returns the source of an entry of the lock. */
function sourceOf({ source, ref, directories }) {
    const paths = Object.values(directories);
    const parsed = (0,elsewhere_source/* withRequest */.ah)((0,elsewhere_source/* parseSource */.PJ)(source), ref);
    return { ...parsed, path: paths.length === 1 ? (paths[0] ?? '') : '' };
}
/**
 * Fetches what an entry of the lock was made from once more, for a merge.
 * @throws where it is no longer available
 */
async function withLocked(locked, access, work) {
    const source = sourceOf(locked);
    if (source.kind === 'git' && locked.commit !== undefined)
        return withCommit({ url: source.url, commit: locked.commit }, access, work);
    if (source.kind === 'npm' && locked.version !== undefined) {
        const found = await resolvePackage(source.name, locked.version);
        if (found.integrity !== locked.integrity)
            throw new Error(`${source.name}@${found.version} is not the archive in the lock: its digest differs`);
        return withPackage(source.name, found, work);
    }
    throw new Error(`${locked.source} has no older versions to merge from`);
}
/**
 * Finds the newest version that an entry of the lock may be updated to: of a tag such as `v1.2.0` the highest one of its
 * kind, of a branch its head, of npm the newest in the range. A whole commit stays.
 * @returns `undefined` for a folder or an archive, which only reading tells
 */
async function newestOf(locked, access) {
    const source = sourceOf(locked);
    if (source.kind === 'npm') {
        const { version } = await resolvePackage(source.name, source.range);
        return { source, label: version, version };
    }
    if (source.kind !== 'git')
        return undefined;
    const refs = await listRefs(source.url, access);
    const { ref } = source;
    const now = ref === undefined ? undefined : refs.tags.get(ref);
    const moved = now !== undefined && now !== locked.commit && ref !== undefined ? { tag: ref, commit: now } : undefined;
    const tag = ref === undefined ? undefined : await highestTag(ref, [...refs.tags.keys()]);
    const wanted = now !== undefined && tag !== undefined ? tag : ref;
    const commit = commitOfRef(refs, wanted, source.name);
    const label = now === undefined ? commit.slice(0, 12) : (wanted ?? commit.slice(0, 12));
    return { source: { ...source, ref: wanted }, label, commit, ...(moved && { moved }) };
}
/** The highest version among the tags that are named like this one; one for a test only after one for a test. */
async function highestTag(tag, tags) {
    const { default: semver } = await __webpack_require__.e(/* import() */ 88).then(__webpack_require__.t.bind(__webpack_require__, 2088, 19));
    const parse = (text) => semver.parse(/^\d+\.\d+$/.test(text) ? `${text}.0` : text);
    const start = [...tag.matchAll(/\d+/g)].find(({ index }) => parse(tag.slice(index)))?.index;
    const current = start === undefined ? null : parse(tag.slice(start));
    if (!current)
        return undefined;
    const prefix = tag.slice(0, start);
    let best = { tag, version: current };
    for (const each of tags) {
        if (!each.startsWith(prefix))
            continue;
        const found = parse(each.slice(prefix.length));
        if (!found || (found.prerelease.length > 0 && current.prerelease.length === 0))
            continue;
        if (found.compare(best.version) > 0)
            best = { tag: each, version: found };
    }
    return best.tag;
}


/***/ }),

/***/ 2711:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UC: () => (/* binding */ findPlugins),
/* harmony export */   fh: () => (/* binding */ findLicence),
/* harmony export */   vM: () => (/* binding */ placeFor),
/* harmony export */   xU: () => (/* binding */ takeFiles)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6916);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2184);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(495);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3993);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2980);






/** Directories in which copies and results of builds lie. */
const NOT_SOURCE = /(^|\/)(?:node_modules|dist|build|out|public|coverage|test|tests|__tests__|fixtures|templates|\.[^/]+)\//;
const MAX_DEPTH = 7;
/**
 * Finds the plugins of a source by what makes a plugin, wherever it stands: a manifest with code next to it, a web part
 * below `web/plugins/NAME`, or services below a directory that has a plugin's name.
 * @param within the directory to look in; empty: everywhere
 */
async function findPlugins(snapshot, within) {
    const prefix = within === '' ? '' : `${within}/`;
    const paths = [...snapshot.files.keys()].filter((path) => path.startsWith(prefix) &&
        !NOT_SOURCE.test(path.slice(prefix.length)) &&
        path.split('/').length <= MAX_DEPTH + 5);
    const parts = new Map();
    // A full-stack plugin first: the manifest of its web part does not make another plugin.
    for (const path of paths) {
        const web = /^(.*?)(?:^|\/)web\/plugins\/([^/]+)\/manifest\.json$/.exec(path);
        // The client of Tailchat itself has web/plugins, too.
        if (!web || /(^|\/)client$/.test(web[1] ?? '') || !_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .PLUGIN_NAME */ .AF.test(web[2] ?? ''))
            continue;
        parts.set(web[1] ?? '', { name: web[2] ?? '', kind: 'fullstack' });
    }
    const isInsidePart = (path) => parts.has('') || ancestorsOf(path).some((directory) => parts.has(directory));
    const withCode = new Set(paths.filter((path) => /\.[jt]sx?$/.test(path)).flatMap((path) => [...ancestorsOf(path), '']));
    const manifests = paths.filter((path) => node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(path) === 'manifest.json' && !isInsidePart(path));
    for (const [path, text] of await textsOf(snapshot, manifests)) {
        const directory = directoryOf(path);
        const manifest = parsed(text);
        const named = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(manifest, 'name');
        const name = [named, node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(directory)].find((each) => each !== undefined && _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .PLUGIN_NAME */ .AF.test(each));
        // Browsers and web apps have manifests, too.
        if (name === undefined || (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)(manifest) === undefined || (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(manifest, 'url') === undefined)
            continue;
        if (!withCode.has(directory))
            continue;
        parts.set(directory, {
            name: _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .PLUGIN_NAME */ .AF.test(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(directory)) ? node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(directory) : name,
            kind: 'frontend',
        });
    }
    const services = paths.filter((path) => /\.service(?:\.dev)?\.[jt]s$/.test(path) && !isInsidePart(path));
    for (const path of services) {
        const directory = ancestorsOf(path).find((each) => _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .PLUGIN_NAME */ .AF.test(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(each)) && (each === within || each.startsWith(prefix)));
        if (directory !== undefined)
            parts.set(directory, { name: node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(directory), kind: 'backend' });
    }
    // Alone in its repository, a backend plugin is named by its service.
    if (parts.size === 0)
        for (const [, text] of await textsOf(snapshot, services)) {
            const name = /['"`]plugin:([\w.-]+)['"`]/.exec(text)?.[1];
            if (name !== undefined && _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .PLUGIN_NAME */ .AF.test(name))
                parts.set(within, { name, kind: 'backend' });
        }
    const plugins = new Map();
    for (const [directory, { name, kind }] of [...parts].sort(([a], [b]) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .compare */ .UD)(a, b))) {
        const found = plugins.get(name) ?? { name, parts: [] };
        found.parts.push({ kind, directory });
        plugins.set(name, found);
    }
    return [...plugins.values()].sort((a, b) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .compare */ .UD)(a.name, b.name));
}
/** The largest file that is read as a manifest or a service; real ones are far smaller. */
const MAX_TEXT = 256 * 1024;
async function textsOf(snapshot, paths) {
    const small = paths.filter((path) => (snapshot.files.get(path) ?? 0) <= MAX_TEXT).slice(0, 500);
    return [...(await snapshot.read(small))].map(([path, bytes]) => [path, bytes.toString('utf8')]);
}
function parsed(text) {
    try {
        return JSON.parse(text.replace(/^\uFEFF/, ''));
    }
    catch {
        return undefined;
    }
}
function directoryOf(path) {
    const directory = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(path);
    return directory === '.' ? '' : directory;
}
/** The directories above a file, the nearest first. */
function ancestorsOf(path) {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}
/** Where a plugin goes here: where the repository has its plugins. */
function placeFor(name, kind, pluginsOnly) {
    if (pluginsOnly)
        return `${_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.ownPlugins}/${name}`;
    return `${kind === 'frontend' ? _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.frontendPlugins : _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.serverPlugins}/${name}`;
}
/** Scripts that a package manager runs by itself when it installs. */
const LIFECYCLE = /^(?:(?:pre|post)?(?:install|prepare)|prepublish|dependencies|pnpm:devPreinstall)$/;
/**
 * Takes the files of a plugin out of a source.
 * @param directories each directory here, with the one in the source that it is; empty: its root
 * @returns the files by their paths here, and what was left out
 * @throws where the source holds there what is never taken
 */
async function takeFiles(snapshot, directories) {
    const taken = new Map();
    const leftOut = [];
    let bytes = 0;
    for (const [here, there] of Object.entries(directories)) {
        const prefix = there === '' ? '' : `${there}/`;
        for (const [path, what] of snapshot.others)
            if ((path.startsWith(prefix) || path === there) && !(0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .isLeftOut */ .WY)(path.slice(prefix.length)))
                throw new Error(`${JSON.stringify(path)} is a ${what}: only regular files and directories are accepted`);
        for (const [path, size] of snapshot.files) {
            if (!path.startsWith(prefix))
                continue;
            const below = path.slice(prefix.length);
            if ((0,_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .isLeftOut */ .WY)(below)) {
                leftOut.push(path);
                continue;
            }
            const unsafe = (0,_source_js__WEBPACK_IMPORTED_MODULE_4__/* .whyUnsafePath */ .iA)(below);
            if (unsafe !== undefined)
                throw new Error(`the path ${JSON.stringify(path)} ${unsafe}`);
            if (size > _tree_js__WEBPACK_IMPORTED_MODULE_5__/* .LIMITS */ .b1.fileBytes)
                throw new Error(`${path} has ${size} bytes; the limit for a file is ${_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .LIMITS */ .b1.fileBytes}`);
            bytes += size;
            taken.set(path, `${here}/${below}`);
        }
    }
    if (taken.size === 0)
        throw new Error('it contains no files');
    if (taken.size > _tree_js__WEBPACK_IMPORTED_MODULE_5__/* .LIMITS */ .b1.files)
        throw new Error(`it has ${taken.size} files; the limit for a plugin is ${_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .LIMITS */ .b1.files}`);
    if (bytes > _tree_js__WEBPACK_IMPORTED_MODULE_5__/* .LIMITS */ .b1.bytes)
        throw new Error(`it has ${bytes} bytes; the limit for a plugin is ${_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .LIMITS */ .b1.bytes}`);
    const collision = firstCollision([...taken.values()]);
    if (collision)
        throw new Error(`${collision.join(' and ')} would be the same file on a file system that ignores case`);
    const contents = await snapshot.read([...taken.keys()]);
    const tree = new Map([...taken].map(([path, here]) => [here, contents.get(path) ?? Buffer.alloc(0)]));
    for (const [path, content] of tree) {
        if (node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(path) === 'binding.gyp')
            throw new Error(`${path} makes package managers compile code during installation`);
        if (node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(path) !== 'package.json')
            continue;
        const scripts = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(parsed(content.toString('utf8')), 'scripts')) ?? {};
        const lifecycle = Object.keys(scripts).find((name) => LIFECYCLE.test(name));
        if (lifecycle !== undefined)
            throw new Error(`${path} has the script ${JSON.stringify(lifecycle)}, which package managers run during installation`);
    }
    return { tree, leftOut: leftOut.sort(_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .compare */ .UD) };
}
/** Files, or a file and a directory, that are one where the case of letters does not count. */
function firstCollision(paths) {
    const seen = new Map();
    for (const path of paths) {
        const parts = path.split('/');
        for (let length = 1; length <= parts.length; length++) {
            const part = parts.slice(0, length).join('/');
            const key = part.normalize('NFC').toLowerCase();
            const other = seen.get(key);
            if (other !== undefined && other !== part)
                return [other, part];
            seen.set(key, part);
        }
    }
    return undefined;
}
/** Returns the licence of a plugin: what its package.json or its licence file says, or those above it in the source. */
async function findLicence(snapshot, directory) {
    const places = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .unique */ .Am)([directory, ...ancestorsOf(directory), '']);
    for (const place of places) {
        const prefix = place === '' ? '' : `${place}/`;
        const packageJson = `${prefix}package.json`;
        const texts = new Map(await textsOf(snapshot, snapshot.files.has(packageJson) ? [packageJson] : []));
        const stated = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(parsed(texts.get(packageJson) ?? ''), 'license');
        if (stated !== undefined && /^[\w.+() -]{1,100}$/.test(stated))
            return stated;
        const file = [...snapshot.files.keys()].find((path) => path.startsWith(prefix) &&
            /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/i.test(path.slice(prefix.length)));
        if (file === undefined)
            continue;
        const text = new Map(await textsOf(snapshot, [file])).get(file) ?? '';
        return LICENCES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'unknown';
    }
    return undefined;
}
const LICENCES = [
    ['Apache-2.0', /Apache License\s{1,20}Version 2\.0/],
    ['AGPL-3.0', /GNU AFFERO GENERAL PUBLIC LICENSE\s{1,20}Version 3/],
    ['LGPL-3.0', /GNU LESSER GENERAL PUBLIC LICENSE\s{1,20}Version 3/],
    ['GPL-3.0', /GNU GENERAL PUBLIC LICENSE\s{1,20}Version 3/],
    ['GPL-2.0', /GNU GENERAL PUBLIC LICENSE\s{1,20}Version 2/],
    ['MPL-2.0', /Mozilla Public License,? Version 2\.0|Mozilla Public License Version 2\.0/],
    ['BSD-3-Clause', /Neither the name of/],
    ['BSD-2-Clause', /Redistributions of source code must retain/],
    ['ISC', /Permission to use, copy, modify, and\/or distribute this software/],
    ['MIT', /Permission is hereby granted, free of charge/],
];


/***/ }),

/***/ 1693:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseLock: () => (/* binding */ parseLock),
  w: () => (/* binding */ renderLock)
});

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./.build/src/formats/yaml.js
var yaml = __webpack_require__(1253);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __webpack_require__(2184);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __webpack_require__(495);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(8816);
;// CONCATENATED MODULE: ./.build/src/declarations/elsewhere/lock-schema.js

const path = schemas/* string */.YjP().min(1).max(300);
const lock_schema_plugin = schemas/* strictObject */.rej({
    source: schemas/* string */.YjP()
        .min(1)
        .max(500)
        .describe('Where it comes from: github:OWNER/REPO, a git URL, npm:NAME, a path'),
    ref: schemas/* string */.YjP()
        .min(1)
        .max(260)
        .optional()
        .describe('What was asked for: a tag, a branch or a commit; a range of npm. Missing: the default branch'),
    commit: schemas/* string */.YjP()
        .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
        .optional()
        .describe('The commit that the files are of'),
    version: schemas/* string */.YjP()
        .min(1)
        .max(100)
        .optional()
        .describe('The version of the npm package that the files are of'),
    integrity: schemas/* string */.YjP()
        .regex(/^sha512-[A-Za-z0-9+/]{86}==$/)
        .optional()
        .describe('The digest of the archive that the files were in'),
    directories: schemas/* record */.g1P(path, schemas/* string */.YjP().max(300))
        .describe('Each directory here, with the one in the source that it was; empty: its root'),
    tree: schemas/* string */.YjP()
        .regex(/^sha256-[0-9a-f]{64}$/)
        .describe('The digest of the files: their paths and contents, line endings apart'),
    license: schemas/* string */.YjP().min(1).max(100).optional().describe('The licence that was found with them'),
});
/** The shape of tailchat-plugins.lock; the published schema (schema/tailchat-plugins-lock.schema.json) is made from it. */
const lockSchema = schemas/* strictObject */.rej({
    version: schemas/* literal */.euz(1).describe('The version of this format'),
    plugins: schemas/* record */.g1P(schemas/* string */.YjP(), lock_schema_plugin).describe('The plugins from elsewhere, by their names'),
});

;// CONCATENATED MODULE: ./.build/src/declarations/elsewhere/lock.js






const HEADER = `# Made by \`tailchat-plugins add\` and \`update\`: which plugins are from elsewhere, and what exactly their files are.
`;
/** Reads a lock. One that has a mistake has no plugins: a half of it is not what was locked. */
function parseLock(file) {
    const wrong = (offset, message) => ({
        plugins: new Map(),
        positions: new Map(),
        problems: [{ position: (0,lib_text/* positionAt */.t$)(file, offset), message }],
    });
    const tooDeep = (0,yaml/* yamlNestedTooDeep */.lp)(file.text);
    if (tooDeep !== undefined)
        return wrong(tooDeep, `nested more than ${yaml/* MAX_YAML_DEPTH */.Pq} deep`);
    const document = (0,dist.parseDocument)(file.text, { version: '1.2', prettyErrors: false });
    const error = document.errors[0];
    if (error)
        return wrong(error.pos[0], `not valid YAML: ${error.message}`);
    let value;
    try {
        value = document.toJS({ maxAliasCount: 0 });
    }
    catch (cause) {
        return wrong(0, `not valid YAML: ${(0,wording/* messageOf */.bD)(cause)}`);
    }
    const parsed = lockSchema.safeParse(value);
    if (!parsed.success) {
        const issue = parsed.error.issues[0];
        return wrong(offsetOf(document, issue?.path ?? []), `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not understood'}`);
    }
    const entries = Object.entries(parsed.data.plugins);
    for (const [name, { directories, source, ref = '', version = '' }] of entries) {
        const wrongHere = (message) => wrong(offsetOf(document, ['plugins', name]), message);
        if (!layout/* PLUGIN_NAME */.AF.test(name))
            return wrongHere(`${name} is not the name of a plugin`);
        const own = (0,layout/* pluginParents */.ZX)(true).map((parent) => `${parent}/${name}`);
        // An update writes there, and a removal removes what is there.
        const other = Object.keys(directories).find((directory) => !own.includes(directory));
        if (other !== undefined)
            return wrongHere(`${name}: ${other} is not a directory of this plugin, which may have ${own.join(', ')}`);
        // They go into commits and pull requests.
        if (/[\p{Cc}\p{Cf}]/u.test(source + ref + version))
            return wrongHere(`${name}: source, ref or version contains a control character or an invisible one`);
    }
    return {
        plugins: new Map(entries),
        positions: new Map(entries.map(([name]) => [name, (0,lib_text/* positionAt */.t$)(file, offsetOf(document, ['plugins', name]))])),
        problems: [],
    };
}
/** The offset of the key at a path; of the nearest thing around it where there is none. */
function offsetOf(document, path) {
    for (let length = path.length; length > 0; length--) {
        const parent = document.getIn(path.slice(0, length - 1), true);
        const pair = parent?.items?.find(({ key }) => key?.value === path[length - 1]);
        if (pair?.key?.range)
            return pair.key.range[0];
    }
    return 0;
}
/** Returns the text of a lock: sorted, one plugin a block, so that two changes merge. */
function renderLock(plugins) {
    const sorted = [...plugins].sort(([a], [b]) => (0,lib_text/* compare */.UD)(a, b)).map(([name, entry]) => [name, ordered(entry)]);
    const head = (0,dist/* stringify */.As)({ version: 1 });
    const blocks = sorted.map((entry) => `\n${(0,dist/* stringify */.As)(Object.fromEntries([entry]), { lineWidth: 0 }).replace(/^(?=.)/gm, '  ')}`);
    return `${HEADER}${head}plugins:${blocks.length === 0 ? ' {}\n' : blocks.join('')}`;
}
function ordered({ directories, ...entry }) {
    const { source, ref, commit, version, integrity, tree, license } = entry;
    const sorted = Object.fromEntries(Object.entries(directories).sort(([a], [b]) => (0,lib_text/* compare */.UD)(a, b)));
    const all = { source, ref, commit, version, integrity, directories: sorted, tree, license };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}


/***/ }),

/***/ 3993:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Io: () => (/* binding */ nameOfSource),
/* harmony export */   PJ: () => (/* binding */ parseSource),
/* harmony export */   ah: () => (/* binding */ withRequest),
/* harmony export */   fo: () => (/* binding */ requestOf),
/* harmony export */   iA: () => (/* binding */ whyUnsafePath)
/* harmony export */ });
/* unused harmony export SOURCE_FORMS */
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2184);

/** What is understood as a source, for a message about what is not. */
const SOURCE_FORMS = 'github:OWNER/REPO[/PATH][#REF], a git URL with [#REF[:PATH]], npm:NAME[@RANGE], ./FOLDER or ./ARCHIVE.tgz';
const GITHUB = /^github:([\w-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?(?:\/([^#]+))?(?:#(.+))?$/;
const NPM = /^npm:((?:@[a-z0-9][\w.-]{0,100}\/)?[a-z0-9][\w.-]{0,200})(?:@([^/:]+))?(?::(.+))?$/i;
/** `user@host:path`, as ssh has it. */
const SCP = /^[\w.-]+@[\w.-]+:(?!\/\/)[^#]+/;
/**
 * Reads what was named as the source of a plugin.
 * @throws with what is understood
 */
function parseSource(text) {
    if (/\p{Cc}/u.test(text))
        throw new Error('the source contains a control character');
    const github = GITHUB.exec(text);
    if (github) {
        const [, owner = '', repo = '', path = '', ref] = github;
        const name = `github:${owner}/${repo}`;
        return checked({ kind: 'git', url: `https://github.com/${owner}/${repo}.git`, name, ref, path }, text);
    }
    const npm = NPM.exec(text);
    if (npm) {
        const [, name = '', range = 'latest', path = ''] = npm;
        return checked({ kind: 'npm', name, range, path }, text);
    }
    if (/^(?:github|npm):/.test(text))
        throw notUnderstood(text);
    const [head = '', ...rest] = text.split('#');
    if (/^(?:git\+)?(?:https?|ssh|file):\/\//.test(text) || SCP.test(head)) {
        const { ref, path } = fragmentOf(rest.join('#'));
        return checked({ kind: 'git', url: head.replace(/^git\+/, ''), name: head, ref, path }, text);
    }
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
        throw notUnderstood(text);
    if (/\.zip$/i.test(text))
        throw new Error(`${text}: archives are read as .tar.gz, .tgz or .tar: unpack it and name the folder`);
    const path = fragmentOf(rest.join('#')).path;
    if (/\.(?:tgz|tar\.gz|tar)$/i.test(head))
        return checked({ kind: 'archive', file: head, path }, text);
    if (/^\.{0,2}\/|^\.{1,2}$|^[a-z]:[\\/]/i.test(head))
        return checked({ kind: 'folder', directory: head, path }, text);
    throw notUnderstood(text);
}
function notUnderstood(text) {
    return new Error(`${JSON.stringify(text)} is not a source; use ${SOURCE_FORMS}`);
}
/** `REF:PATH`, as docker has it behind a git URL; a ref holds no colon. */
function fragmentOf(fragment) {
    const colon = fragment.indexOf(':');
    const ref = colon === -1 ? fragment : fragment.slice(0, colon);
    return { ref: ref === '' ? undefined : ref, path: colon === -1 ? '' : fragment.slice(colon + 1) };
}
function checked(source, text) {
    const path = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutTrailing */ .hT)(source.path.replace(/^(?:\.\/)+/, ''), '/');
    if (path !== '' && whyUnsafePath(path) !== undefined)
        throw new Error(`${JSON.stringify(text)}: the path ${path} ${whyUnsafePath(path)}`);
    if (source.kind === 'git') {
        const { url, ref } = source;
        if (/^http:/.test(url) && !isLoopback(url))
            throw new Error(`${JSON.stringify(url)} would be fetched without encryption: use https or ssh`);
        if (/^https?:\/\/[^/]*@/.test(url))
            throw new Error('the address contains a user or a password: keep it in git’s credential helper instead');
        if (ref !== undefined && !/^[^-\s~^:?*[\\][^\s~^:?*[\\]{0,250}$/.test(ref))
            throw new Error(`${JSON.stringify(ref)} is not the name of a tag or a branch`);
    }
    return { ...source, path };
}
function isLoopback(url) {
    return URL.canParse(url) && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}
/** Returns why a path of a foreign tree is not written here; `undefined` where nothing speaks against it. */
function whyUnsafePath(path) {
    const parts = path.split('/');
    if (path.startsWith('/') || /^[a-z]:/i.test(path))
        return 'is absolute';
    if (parts.includes('..') || parts.includes('.') || parts.includes(''))
        return 'leads out of the directory';
    if (parts.some((part) => /^\.git$/i.test(part) || /^git~\d+$/i.test(part)))
        return 'leads into a .git directory';
    if (/[\\<>:"|?*\uFFFD\p{Cc}]/u.test(path))
        return 'contains a character that some file systems do not allow';
    if (/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/.test(path))
        return 'contains an invisible character';
    if (parts.some((part) => /[. ]$/.test(part)))
        return 'ends in a dot or a space';
    if (path.length > 240 || parts.length > 20)
        return 'is too long';
    return undefined;
}
/** Returns the source as the lock and messages have it, without ref, range and path. */
function nameOfSource(source) {
    if (source.kind === 'git')
        return source.name;
    if (source.kind === 'npm')
        return `npm:${source.name}`;
    return source.kind === 'folder' ? source.directory : source.file;
}
/** Returns what is asked for of the source: a ref or a range; `undefined` where it has but one version. */
function requestOf(source) {
    if (source.kind === 'git')
        return source.ref;
    return source.kind === 'npm' ? source.range : undefined;
}
/** Returns a source with another ref or range. */
function withRequest(source, request) {
    if (source.kind === 'git')
        return { ...source, ref: request };
    return source.kind === 'npm' ? { ...source, range: request ?? 'latest' } : source;
}


/***/ }),

/***/ 301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  j: () => (/* binding */ outlookOf),
  V: () => (/* binding */ prepareUpdate)
});

// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/fetch.js + 3 modules
var fetch = __webpack_require__(9912);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/find.js
var find = __webpack_require__(2711);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/lib/command.js + 1 modules
var command = __webpack_require__(5908);
// EXTERNAL MODULE: ./.build/src/lib/git.js
var git = __webpack_require__(9779);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __webpack_require__(2184);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/tree.js
var elsewhere_tree = __webpack_require__(2980);
;// CONCATENATED MODULE: ./.build/src/declarations/elsewhere/merge.js







/**
 * Merges what was changed here into a newer version, file by file, as git does.
 * @param base what both sides come from
 */
async function mergeTrees(base, ours, theirs) {
    const tree = new Map();
    const conflicts = [];
    const paths = [...new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])].sort(lib_text/* compare */.UD);
    for (const path of paths) {
        const [old, our, their] = [base.get(path), ours.get(path), theirs.get(path)];
        const merged = isSame(our, old) ? their : isSame(their, old) || isSame(our, their) ? our : 'both';
        if (merged !== 'both') {
            if (merged)
                tree.set(path, merged);
            continue;
        }
        const text = old && our && their ? await mergeFile(old, our, their) : undefined;
        if (text)
            tree.set(path, text);
        else
            conflicts.push(path);
    }
    return { tree, conflicts };
}
function isSame(a, b) {
    return a && b ? (0,elsewhere_tree/* withLineFeeds */.gX)(a).equals((0,elsewhere_tree/* withLineFeeds */.gX)(b)) : a === b;
}
/** @returns `undefined` where it is in conflict, or no text */
async function mergeFile(base, ours, theirs) {
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        const write = (name, content) => {
            (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(directory, name), (0,elsewhere_tree/* withLineFeeds */.gX)(content));
            return name;
        };
        try {
            await (0,command/* runCommand */.d1)('git', ['merge-file', write('ours', ours), write('base', base), write('theirs', theirs)], {
                cwd: directory,
                env: {
                    ...(0,git/* gitEnvironment */._K)(),
                    GIT_DIR: '/dev/null',
                    GIT_CONFIG_NOSYSTEM: '1',
                    GIT_CONFIG_GLOBAL: '/dev/null',
                },
                timeoutSeconds: 60,
            });
        }
        catch (error) {
            // The number of conflicts; 255 where a file is not text.
            if (error instanceof command/* CommandError */.Qd && error.exitCode !== undefined)
                return undefined;
            throw error;
        }
        return (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(directory, 'ours'));
    });
}

// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/vendored.js
var vendored = __webpack_require__(5519);
;// CONCATENATED MODULE: ./.build/src/declarations/elsewhere/update.js






/**
 * Finds out whether there is a newer version, without fetching it where the source can say so.
 * @throws where the source can't be asked
 */
async function outlookOf(name, locked, access) {
    const found = await (0,fetch/* newestOf */.su)(locked, access);
    if (!found)
        return withFetched(name, locked, access);
    const { source, label, commit, version, moved } = found;
    const outdated = commit === undefined ? version !== locked.version : commit !== locked.commit;
    const problem = moved &&
        `the tag ${moved.tag} of ${locked.source} led to ${locked.commit?.slice(0, 12)} and leads to ${moved.commit.slice(0, 12)} now, so the tag was moved. Ask its author whether that was intended; if so, remove the plugin and add it again`;
    return { name, locked, newest: label, outdated, source, ...(problem !== undefined && { problem }) };
}
/** A folder and an archive have no versions: they are compared as a whole. */
async function withFetched(name, locked, access) {
    const source = (0,fetch/* sourceOf */.vz)(locked);
    const outdated = await (0,fetch/* withSource */.g5)(source, access, async (snapshot) => {
        const { tree } = await (0,find/* takeFiles */.xU)(snapshot, await directoriesIn(snapshot, name, locked));
        return (0,elsewhere_tree/* hashOfTree */.u8)(await (0,vendored/* withoutIgnored */.fq)(access.root, tree)) !== locked.tree;
    });
    return { name, locked, newest: outdated ? 'changed' : 'as it is', outdated, source };
}
/** The plugin's directories in another version of its source: where they were, or wherever it is found. */
async function directoriesIn(snapshot, name, { source, directories }) {
    const isThere = Object.values(directories).every((there) => [...snapshot.files.keys()].some((path) => there === '' || path.startsWith(`${there}/`)));
    if (isThere)
        return directories;
    const parts = (await (0,find/* findPlugins */.UC)(snapshot, '')).find((plugin) => plugin.name === name)?.parts ?? [];
    const here = Object.keys(directories);
    if (parts.length !== here.length)
        throw new Error(`${source} no longer contains the plugin ${name}`);
    // Parts and places are both in the order of their paths, frontend before backend.
    return Object.fromEntries(here.map((directory, index) => [directory, parts[index]?.directory ?? '']));
}
/**
 * Fetches the newest version, and merges into it what was changed here.
 * @param patched whether the declarations say that the files may differ
 * @throws where the files differ and may not, where a merge conflicts, and where the version can't be fetched
 */
async function prepareUpdate({ name, locked, source, problem }, access, patched) {
    if (problem !== undefined)
        throw new Error(problem);
    const { root } = access;
    const here = Object.keys(locked.directories);
    const { tree, links } = (0,elsewhere_tree/* readTree */.Zc)(root, here);
    if (links.length > 0)
        throw new Error(`${(0,wording/* listed */.KE)(links)}: plugins from elsewhere can't contain links: remove them`);
    if (tree.size === 0)
        throw new Error(`${here.join(' and ')} has no files: restore them with git`);
    const before = await (0,vendored/* withoutIgnored */.fq)(root, tree);
    const isModified = (0,elsewhere_tree/* hashOfTree */.u8)(tree) !== locked.tree && (0,elsewhere_tree/* hashOfTree */.u8)(before) !== locked.tree;
    if (isModified && !patched)
        throw new Error(`the files of ${name} are not those of ${(0,vendored/* requested */.lT)(locked)}, and an update would overwrite what was changed: restore them, or declare \`patched: REASON\``);
    const { theirs, to } = await (0,fetch/* withSource */.g5)(source, access, async (snapshot, resolved) => {
        const directories = await directoriesIn(snapshot, name, locked);
        const files = await (0,vendored/* withoutIgnored */.fq)(root, (await (0,find/* takeFiles */.xU)(snapshot, directories)).tree);
        return { theirs: files, to: await entryOf(snapshot, resolved, { directories, files }) };
    });
    if (!isModified)
        return { name, from: locked, to, before, after: theirs, merged: [] };
    const base = await (0,fetch/* withLocked */.B3)(locked, access, async (snapshot) => (0,vendored/* withoutIgnored */.fq)(root, (await (0,find/* takeFiles */.xU)(snapshot, locked.directories)).tree));
    if ((0,elsewhere_tree/* hashOfTree */.u8)(base) !== locked.tree)
        throw new Error(`what ${locked.source} gives for ${(0,vendored/* requested */.lT)(locked)} does not match the lock, so nothing was merged`);
    const { tree: after, conflicts } = await mergeTrees(base, before, theirs);
    if (conflicts.length > 0)
        throw new Error(`the local changes conflict with the new version in ${(0,wording/* listed */.KE)(conflicts, 10)}, so ${name} was not updated. Undo the changes to these files, update, and make the changes again`);
    const merged = [...after].filter(([path, content]) => theirs.get(path)?.equals(content) !== true);
    return { name, from: locked, to, before, after, merged: merged.map(([path]) => path) };
}
async function entryOf(snapshot, resolved, { directories, files }) {
    const license = await (0,find/* findLicence */.fh)(snapshot, Object.values(directories)[0] ?? '');
    // The digest is that of the source: what is merged in stays a change of ours.
    return {
        ...resolved,
        directories: { ...directories },
        tree: (0,elsewhere_tree/* hashOfTree */.u8)(files),
        ...(license !== undefined && { license }),
    };
}


/***/ }),

/***/ 5261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CA: () => (/* binding */ lockedPlugin),
/* harmony export */   CJ: () => (/* binding */ treeChanges),
/* harmony export */   Cv: () => (/* binding */ about),
/* harmony export */   G9: () => (/* binding */ settle),
/* harmony export */   Ir: () => (/* binding */ refuseTaken),
/* harmony export */   PQ: () => (/* binding */ declarationChange),
/* harmony export */   YK: () => (/* binding */ accessOf),
/* harmony export */   _9: () => (/* binding */ lockChange),
/* harmony export */   bJ: () => (/* binding */ planFor),
/* harmony export */   u2: () => (/* binding */ outlooksOf)
/* harmony export */ });
/* unused harmony export readLock */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _declarations_desired_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(3167);
/* harmony import */ var _declarations_elsewhere_declare_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5788);
/* harmony import */ var _declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5519);
/* harmony import */ var _declarations_elsewhere_lock_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1693);
/* harmony import */ var _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(8406);
/* harmony import */ var _declarations_elsewhere_update_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(301);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5312);
/* harmony import */ var _lib_nearest_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(5785);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(1067);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7154);
/* harmony import */ var _sync_plan_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3504);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(207);
/* harmony import */ var _lockfile_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(3500);















/** How sources are reached in this run. */
function accessOf({ inputs, surroundings }, root) {
    const isTerminal = surroundings.event.name === '';
    return { root, token: inputs.publish.token, isTerminal };
}
/**
 * Reads the lock of a repository; empty where there is none.
 * @throws where it can't be understood: it would be overwritten
 */
function readLock(root) {
    const file = (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_6__/* .readRepositoryFile */ .tz)(root, _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_11__/* .LOCK_FILE */ .F);
    if ('missing' in file)
        return new Map();
    if ('reason' in file)
        throw new Error(`${_declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_11__/* .LOCK_FILE */ .F} ${file.reason}`);
    const { plugins, problems } = (0,_declarations_elsewhere_lock_js__WEBPACK_IMPORTED_MODULE_4__.parseLock)({ path: _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_11__/* .LOCK_FILE */ .F, text: file.text });
    const problem = problems[0];
    if (problem)
        throw new Error(`${_declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_11__/* .LOCK_FILE */ .F}:${problem.position.line}: ${problem.message}`);
    return new Map(plugins);
}
/**
 * Reads the entry of a plugin in the lock.
 * @throws where there is none
 */
function lockedPlugin(root, name) {
    const lock = readLock(root);
    const locked = lock.get(name);
    if (!locked)
        throw new Error(notLocked(name, [...lock.keys()]));
    return locked;
}
/**
 * Refuses a plugin that is here already, which is never overwritten.
 * @param directories those that it would get
 * @throws with what to do
 */
function refuseTaken(root, name, directories) {
    const locked = readLock(root).get(name);
    if (locked)
        throw new Error(`${name} is already here, from ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_3__/* .requested */ .lT)(locked)}: update it (\`tailchat-plugins update ${name}\`), or remove it first`);
    for (const directory of directories) {
        const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(directory));
        const names = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(parent) ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(parent) : [];
        const taken = names.find((each) => each.toLowerCase() === name.toLowerCase());
        if (taken !== undefined)
            throw new Error(`${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(directory)}/${taken} already exists and is never overwritten: remove it first`);
    }
}
/** Says that the lock has no such plugin, and which it has. */
function notLocked(name, names) {
    const near = (0,_lib_nearest_js__WEBPACK_IMPORTED_MODULE_12__/* .nearestPlugin */ .y)(name, names);
    const missing = `${_declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_11__/* .LOCK_FILE */ .F} has no plugin ${name}`;
    if (near !== undefined)
        return `${missing}: did you mean ${near}?`;
    const has = names.length === 0 ? 'it is missing or empty' : `it has ${names.join(', ')}`;
    return `${missing}; ${has}. Only plugins that \`tailchat-plugins add\` brought are in it: one of your own is changed or deleted by hand`;
}
/**
 * Finds out for each plugin of the lock, or the one that is named, what its newest version is.
 * @param isAsked tells which plugins are asked about
 */
async function outlooksOf(run, root, isAsked = () => true) {
    const name = run.inputs.task.subject;
    const lock = readLock(root);
    if (name !== '' && !lock.has(name))
        throw new Error(notLocked(name, [...lock.keys()]));
    const found = { outlooks: [], failures: [], unasked: [] };
    for (const [each, locked] of lock) {
        if (name !== '' && each !== name)
            continue;
        try {
            if (isAsked(locked))
                found.outlooks.push(await (0,_declarations_elsewhere_update_js__WEBPACK_IMPORTED_MODULE_5__/* .outlookOf */ .j)(each, locked, accessOf(run, root)));
            else
                found.unasked.push(each);
        }
        catch (error) {
            found.failures.push(`${each}: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_13__/* .messageOf */ .bD)(error)}`);
            found.unasked.push(each);
        }
    }
    return found;
}
/** Returns what the lock has to become when one entry changes; `undefined`: it goes. */
function lockChange(root, name, entry) {
    const plugins = readLock(root);
    if (entry)
        plugins.set(name, entry);
    else
        plugins.delete(name);
    const text = (0,_declarations_elsewhere_lock_js__WEBPACK_IMPORTED_MODULE_4__/* .renderLock */ .w)(plugins);
    // What a source says of itself must not make the lock unreadable for the next run.
    const problem = (0,_declarations_elsewhere_lock_js__WEBPACK_IMPORTED_MODULE_4__.parseLock)({ path: _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_11__/* .LOCK_FILE */ .F, text }).problems[0];
    if (problem)
        throw new Error(`${name} can't be locked: ${problem.message}`);
    return { file: _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_11__/* .LOCK_FILE */ .F, after: plugins.size === 0 ? undefined : text };
}
/** Returns what makes the directories of a plugin hold these files and no others. */
function treeChanges(before, after) {
    return [
        ...[...before.keys()].filter((path) => !after.has(path)).map((file) => ({ file, after: undefined })),
        ...[...after].map(([file, content]) => ({ file, after: content })),
    ];
}
/**
 * Returns the declaration that a new plugin gets where there is a file for it; in a repository of plugins only, one that
 * is offered gets the file, since nothing else there says what the image offers.
 */
function declarationChange({ inputs }, { workspace, declarations: { file } }, { name, isOffered }) {
    if (file === undefined)
        return workspace.pluginsOnly && isOffered
            ? [
                {
                    file: inputs.declarations.file,
                    after: `version: 1\nplugins:\n  ${name}:\n    offer: registry\n`,
                },
            ]
            : [];
    const before = (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_6__/* .repositoryText */ .g_)(workspace.root, file);
    if (before === undefined)
        return [];
    const after = (0,_declarations_elsewhere_declare_js__WEBPACK_IMPORTED_MODULE_2__/* .declarePlugin */ .I)(before, name, isOffered ? 'offer: registry' : '');
    return after === before ? [] : [{ file, after }];
}
/**
 * Works out what registers one plugin as it is declared, or else offers it in the usual place of its kind.
 * @param change what is taken for declared in addition
 */
async function planFor({ workspace, declarations, findings }, name, change) {
    const declared = declarations.plugins.get(name);
    const { offer, refresh } = change;
    const declaration = {
        offer: declared?.offer,
        services: declared?.services,
        refresh: declared?.refresh ?? false,
        renamedFrom: declared?.renamedFrom,
        accept: declared?.accept ?? new Map(),
        position: declared?.position ?? { file: _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_11__/* .LOCK_FILE */ .F, line: 1, column: 1 },
        ...(offer !== undefined && { offer: [offer] }),
        ...(refresh === true && { refresh }),
    };
    const all = (0,_declarations_desired_js__WEBPACK_IMPORTED_MODULE_14__/* .desiredState */ .Iq)(workspace, { ...declarations, plugins: new Map([...declarations.plugins, [name, declaration]]) }, 'report');
    const desired = { ...all, plugins: all.plugins.filter(({ plugin }) => plugin.name === name) };
    const plan = await (0,_sync_plan_js__WEBPACK_IMPORTED_MODULE_8__/* .planSync */ .R)(workspace, desired, (0,_check_js__WEBPACK_IMPORTED_MODULE_9__/* .unsoundPlugins */ .Jh)(workspace, findings));
    return { plan, changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_7__/* .reportChanges */ .wr)(plan, desired) };
}
/**
 * Registers a plugin whose files are there by now, and has pnpm enter its dependencies.
 * @param offers whether a front end without an offer of its own gets one in registry.json
 * @param refresh whether its entries follow its manifest, as after an update
 */
async function settle(run, apply, { name, offers, refresh }) {
    const state = await run.stage('check', () => (0,_check_js__WEBPACK_IMPORTED_MODULE_9__/* .check */ .z6)(run));
    const { workspace, declarations } = state;
    const offer = offers && declarations.plugins.get(name)?.offer === undefined ? 'registry' : undefined;
    const hasWeb = workspace.plugins.some((plugin) => plugin.name === name && plugin.web?.manifest);
    const { plan, changes } = await planFor(state, name, {
        ...(offer !== undefined && hasWeb && { offer }),
        refresh,
    });
    apply(plan.edits.map(({ file, after }) => ({ file, after })));
    const locked = await run.stage('lockfile', () => (0,_lockfile_js__WEBPACK_IMPORTED_MODULE_10__.lockfile)(run, { ...state, edits: [], changes: [] }));
    apply(locked.edits.map(({ file, after }) => ({ file, after })));
    // Findings about what was written are gone now.
    const examined = await run.stage('check', () => (0,_check_js__WEBPACK_IMPORTED_MODULE_9__/* .check */ .z6)(run));
    return { examined, changes: [...changes, ...locked.changes] };
}
/** Of a whole repository only what concerns one plugin: it is that one which was asked for. */
function about(examined, name) {
    const { findings } = examined;
    return {
        ...examined,
        findings: {
            open: findings.open.filter(({ plugin }) => plugin === name),
            accepted: findings.accepted.filter(({ plugin }) => plugin === name),
        },
    };
}


/***/ })

};
