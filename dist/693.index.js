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


/***/ })

};
