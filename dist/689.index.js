export const id = 689;
export const ids = [689];
export const modules = {

/***/ 1689:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseDeclarations: () => (/* binding */ parseDeclarations)
});

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __webpack_require__(2184);
// EXTERNAL MODULE: ./.build/src/formats/yaml.js
var yaml = __webpack_require__(1253);
// EXTERNAL MODULE: ./.build/src/lib/nearest.js
var nearest = __webpack_require__(5785);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(8816);
;// CONCATENATED MODULE: ./.build/src/declarations/schema.js

const offer = schemas/* enum */.k5n(['registry', 'builtin', 'hidden']);
const schema_plugin = schemas/* strictObject */.rej({
    offer: schemas/* union */.KCZ([offer, schemas/* array */.YOg(offer).min(1)])
        .optional()
        .describe('Where its browser side is offered: registry (the plugin store), builtin (everyone has it), hidden'),
    services: schemas/* literal */.euz('dev')
        .optional()
        .describe('dev: its services are for development and are not expected in production'),
    refresh: schemas/* boolean */.zMY()
        .optional()
        .describe('true: sync keeps its entries in the registration files equal to its manifest'),
    'renamed-from': schemas/* string */.YjP()
        .min(1)
        .optional()
        .describe('The name it had before: sync gives the entries of that name to this plugin, in their place'),
    patched: schemas/* string */.YjP()
        .trim()
        .min(1)
        .optional()
        .describe('Why the files of a plugin from elsewhere differ from those of its source'),
    accept: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP().trim().min(1))
        .optional()
        .describe('Findings about this plugin that are accepted, by rule id, each with the reason'),
});
/**
 * The shape of tailchat-plugins.yml. The published JSON Schema (schema/tailchat-plugins.schema.json) is made from
 * it, so editors and the action can't disagree.
 */
const declarationsSchema = schemas/* strictObject */.rej({
    version: schemas/* literal */.euz(1).describe('The version of this format'),
    plugins: schemas/* record */.g1P(schemas/* string */.YjP(), schema_plugin.nullable().optional())
        .nullable()
        .optional()
        .describe('The plugins, by the name of their directory'),
    rules: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* enum */.k5n(['off', 'notice', 'warning', 'error']))
        .nullable()
        .optional()
        .describe('The severity of single rules, by rule id'),
});

// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/lib/lists.js
var lists = __webpack_require__(3758);
;// CONCATENATED MODULE: ./.build/src/declarations/read.js







/**
 * Reads a declarations file. Returns mistakes as `problems` with their positions, and then nothing of what
 * could be understood: half a declaration is not what its author wants.
 */
function parseDeclarations(file) {
    const result = {
        file: file.path,
        plugins: new Map(),
        rules: new Map(),
        rulePositions: new Map(),
        problems: [],
    };
    const tooDeep = (0,yaml/* yamlNestedTooDeep */.lp)(file.text);
    if (tooDeep !== undefined) {
        const message = `not read: nested more than ${yaml/* MAX_YAML_DEPTH */.Pq} deep`;
        result.problems.push({ position: (0,lib_text/* positionAt */.t$)(file, tooDeep), message });
        return result;
    }
    // The library looks for a key's double among all keys before it, which takes minutes for a file of many.
    const document = (0,dist.parseDocument)(file.text, { version: '1.2', uniqueKeys: false, prettyErrors: false });
    if (document.errors.length > 0) {
        for (const error of document.errors)
            result.problems.push({
                position: (0,lib_text/* positionAt */.t$)(file, error.pos[0]),
                message: `not valid YAML: ${error.message}`,
            });
        return result;
    }
    const tree = { file, document, maps: new Map() };
    (0,lists/* append */.B)(result.problems, indexKeys(tree));
    if (result.problems.length > 0)
        return result;
    const value = read_valueOf(document);
    if ('problem' in value) {
        result.problems.push({ position: (0,lib_text/* positionAt */.t$)(file, 0), message: `not valid YAML: ${value.problem}` });
        return result;
    }
    const parsed = declarationsSchema.safeParse(value.value);
    if (!parsed.success) {
        (0,lists/* append */.B)(result.problems, parsed.error.issues.flatMap((issue) => describeIssue(tree, issue)));
        return result;
    }
    const plugins = new Map();
    for (const [name, entry] of Object.entries(parsed.data.plugins ?? {})) {
        const position = keyPosition(tree, ['plugins', name]);
        const offer = entry?.offer === undefined ? undefined : [...new Set([entry.offer].flat())];
        const contradiction = contradictionIn(offer);
        if (contradiction)
            result.problems.push({ position, message: `plugins.${name}.offer: ${contradiction}` });
        const accept = new Map(Object.entries(entry?.accept ?? {}).map(([rule, reason]) => [
            rule,
            { reason, position: keyPosition(tree, ['plugins', name, 'accept', rule]) },
        ]));
        const renamedFrom = entry?.['renamed-from'];
        plugins.set(name, {
            offer,
            services: entry?.services,
            refresh: entry?.refresh ?? false,
            renamedFrom,
            patched: entry?.patched,
            accept,
            position,
        });
    }
    (0,lists/* append */.B)(result.problems, contradictoryRenames(tree, plugins));
    const rules = new Map(Object.entries(parsed.data.rules ?? {}));
    const rulePositions = new Map([...rules.keys()].map((id) => [id, keyPosition(tree, ['rules', id])]));
    return { ...result, plugins, rules, rulePositions };
}
/** An alias without its anchor, or one that unfolds without end, only shows when the value is made. */
function read_valueOf(document) {
    try {
        return { value: document.toJS() };
    }
    catch (error) {
        return { problem: (0,wording/* messageOf */.bD)(error) };
    }
}
function contradictionIn(offer) {
    return offer && offer.length > 1 && offer.includes('hidden')
        ? 'hidden cannot be combined with registry or builtin'
        : undefined;
}
/** An old name is that of one plugin, which is not there any more. */
function contradictoryRenames(tree, plugins) {
    const heirs = new Map();
    const problems = [];
    for (const [name, { renamedFrom }] of plugins) {
        if (renamedFrom === undefined)
            continue;
        const heir = heirs.get(renamedFrom);
        heirs.set(renamedFrom, name);
        const problem = plugins.has(renamedFrom)
            ? `${renamedFrom} is declared as well: remove its entry, or this line`
            : heir !== undefined && `${heir} says so too, and only one can have been ${renamedFrom}`;
        const path = ['plugins', name, 'renamed-from'];
        if (problem)
            problems.push({ position: keyPosition(tree, path), message: `${path.join('.')}: ${problem}` });
    }
    return problems;
}
/** One problem for each thing to mend, in words that name what is allowed there. */
function describeIssue(tree, issue) {
    const path = issue.path.map(String);
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    if (issue.code === 'unrecognized_keys') {
        const allowed = allowedKeys(path);
        return issue.keys.map((key) => ({
            position: keyPosition(tree, [...path, key]),
            message: `${where}unknown key "${key}"${suggestion(key, allowed)}; allowed here: ${allowed.join(', ')}`,
        }));
    }
    const position = valuePosition(tree, path);
    const allowed = allowedValues(path);
    if (allowed) {
        const found = nodeAt(tree, path);
        const missing = found === undefined;
        const shown = (0,dist.isSeq)(found) ? 'a list' : (0,dist.isScalar)(found) ? JSON.stringify(found.value) : 'a map';
        return [{ position, message: `${where}${missing ? 'missing' : `found ${shown}`}; allowed: ${allowed}` }];
    }
    return [{ position, message: `${where}${issue.message}` }];
}
const PLUGIN_KEYS = ['offer', 'services', 'refresh', 'renamed-from', 'patched', 'accept'];
function listed(keys) {
    return `${keys.slice(0, -1).join(', ')} and ${keys.at(-1)}`;
}
function allowedKeys(path) {
    return path.length === 0 ? ['version', 'plugins', 'rules'] : PLUGIN_KEYS;
}
function allowedValues(path) {
    if (path.length === 0)
        return 'a map with version, plugins and rules';
    if (path[0] === 'version')
        return '1';
    if (path[0] === 'rules')
        return path.length > 1 ? 'off, notice, warning, error' : 'a map of rule ids';
    if (path[0] !== 'plugins')
        return undefined;
    if (path.length < 3)
        return path.length === 1 ? 'a map of plugin names' : `a map with ${listed(PLUGIN_KEYS)}`;
    if (path[2] === 'accept')
        return path.length === 3 ? 'a map of rule ids' : 'the reason, as a text';
    if (path[2] === 'patched')
        return 'the reason, as a text';
    if (path[2] === 'refresh')
        return 'true, false';
    if (path[2] === 'renamed-from')
        return 'the name it had before, as a text';
    return path[2] === 'offer' ? 'registry, builtin, hidden, or a list of these' : 'dev';
}
function suggestion(key, allowed) {
    const near = (0,nearest/* nearest */.p)(key, allowed);
    return near ? ` (did you mean "${near}"?)` : '';
}
/** Fills the index of keys, and says which of them cannot be. */
function indexKeys({ file, document, maps }) {
    const problems = [];
    (0,dist.visit)(document, {
        Map(_, map) {
            const entries = new Map();
            for (const pair of map.items) {
                // A key that is a map or a list itself is none that the schema knows.
                if (!(0,dist.isScalar)(pair.key))
                    continue;
                const key = String(pair.key.value);
                const problem = entries.has(key)
                    ? `not valid YAML: the key ${JSON.stringify(key)} is there twice`
                    : // Objects of JavaScript take it for something else than a key.
                        key === '__proto__' && 'no plugin and no rule can be named "__proto__": remove it';
                if (problem)
                    problems.push({ position: (0,lib_text/* positionAt */.t$)(file, pair.key.range?.[0] ?? 0), message: problem });
                entries.set(key, pair);
            }
            maps.set(map, entries);
        },
    });
    return problems;
}
function entryAt(tree, path) {
    const map = nodeAt(tree, path.slice(0, -1));
    return (0,dist.isMap)(map) ? tree.maps.get(map)?.get(path.at(-1) ?? '') : undefined;
}
function nodeAt(tree, path) {
    const node = path.length === 0 ? tree.document.contents : entryAt(tree, path)?.value;
    return (0,dist.isAlias)(node) ? node.resolve(tree.document) : (node ?? undefined);
}
function keyPosition(tree, path) {
    const key = entryAt(tree, path)?.key;
    return (0,dist/* isNode */.Ll)(key) ? (0,lib_text/* positionAt */.t$)(tree.file, key.range?.[0] ?? 0) : valuePosition(tree, path.slice(0, -1));
}
/** Where the value at `path` stands; where it is missing, the nearest value around it. */
function valuePosition(tree, path) {
    for (let length = path.length; length >= 0; length--) {
        const node = nodeAt(tree, path.slice(0, length));
        if ((0,dist/* isNode */.Ll)(node) && node.range)
            return (0,lib_text/* positionAt */.t$)(tree.file, node.range[0]);
    }
    return (0,lib_text/* positionAt */.t$)(tree.file, 0);
}


/***/ })

};
