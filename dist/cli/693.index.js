export const id = 693;
export const ids = [693];
export const modules = {

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
var layout = __webpack_require__(2876);
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

// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/source.js
var source = __webpack_require__(3993);
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
    for (const [name, { directories }] of entries) {
        if (!layout/* PLUGIN_NAME */.AF.test(name))
            return wrong(offsetOf(document, ['plugins', name]), `${name} is not the name of a plugin`);
        for (const directory of Object.keys(directories))
            if ((0,source/* whyUnsafePath */.iA)(directory) !== undefined)
                return wrong(offsetOf(document, ['plugins', name]), `${name}: ${directory} ${(0,source/* whyUnsafePath */.iA)(directory)}`);
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
        throw new Error('the source holds a control character');
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
    return new Error(`${JSON.stringify(text)} names no source: write ${SOURCE_FORMS}`);
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
            throw new Error('the address holds a user or a password: keep it in git’s credential helper instead');
        if (ref !== undefined && !/^[^-\s~^:?*[\\][^\s~^:?*[\\]{0,250}$/.test(ref))
            throw new Error(`${JSON.stringify(ref)} is no name of a tag or a branch`);
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
        return 'leads elsewhere';
    if (parts.some((part) => /^\.git$/i.test(part) || /^git~\d+$/i.test(part)))
        return 'leads into a .git directory';
    if (/[\\<>:"|?*\uFFFD\p{Cc}]/u.test(path))
        return 'holds a character that not every file system can have';
    if (/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/.test(path))
        return 'holds an invisible character';
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


/***/ })

};
