export const id = 68;
export const ids = [68];
export const modules = {

/***/ 6068:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   add: () => (/* binding */ add)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _declarations_elsewhere_fetch_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9912);
/* harmony import */ var _declarations_elsewhere_find_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2711);
/* harmony import */ var _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(8406);
/* harmony import */ var _declarations_elsewhere_source_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3993);
/* harmony import */ var _declarations_elsewhere_tree_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2980);
/* harmony import */ var _declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5519);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(1067);
/* harmony import */ var _lib_transaction_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1947);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7154);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6107);
/* harmony import */ var _stage_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9573);
/* harmony import */ var _vendor_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(5261);














/**
 * Takes a plugin over from a source: its files, an entry in the lock, its declaration and its registrations; all of
 * them, or none.
 * @throws with what to do when it can't be had, or must not be here
 */
async function add(run) {
    const { inputs, record } = run;
    const source = (0,_declarations_elsewhere_source_js__WEBPACK_IMPORTED_MODULE_4__/* .parseSource */ .PJ)(inputs.task.subject);
    const before = await run.stage('check', () => (0,_check_js__WEBPACK_IMPORTED_MODULE_9__/* .check */ .z6)(run));
    const { workspace, declarations } = before;
    const { root } = workspace;
    const access = (0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .accessOf */ .YK)(run, root);
    const taken = await run.stage('fetch', () => (0,_declarations_elsewhere_fetch_js__WEBPACK_IMPORTED_MODULE_2__/* .withSource */ .g5)(source, access, async (snapshot, resolved) => {
        const plugin = await choose(snapshot, {
            source: resolved.source,
            path: source.path,
            name: inputs.task.plugin,
        });
        return take({ snapshot, resolved }, plugin, workspace);
    }));
    const { name, locked, tree, notes } = taken;
    refuseTaken(root, name, Object.keys(locked.directories));
    const summary = `add ${name} from ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_6__/* .requested */ .lT)(locked)}: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_12__/* .plural */ .LS)(tree.size, 'file')}`;
    const files = Object.keys(locked.directories).map((file) => ({ file, summary }));
    const lock = { file: _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_13__/* .LOCK_FILE */ .F, summary: `lock ${name}` };
    record({ notes });
    if (inputs.dryRun) {
        record({ changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_8__/* .sortChanges */ .gQ)([...files, lock]) });
        return;
    }
    await (0,_lib_transaction_js__WEBPACK_IMPORTED_MODULE_7__/* .withTransaction */ .ro)(root, async (apply) => {
        const hasWeb = [...tree.keys()].some((path) => path.endsWith('/manifest.json'));
        const declared = (0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .declarationChange */ .PQ)(root, declarations, { name, isOffered: hasWeb });
        apply([...(0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .treeChanges */ .CJ)(new Map(), tree), (0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .lockChange */ ._9)(root, name, locked), ...declared]);
        const { examined, changes } = await (0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .settle */ .G9)(run, apply, { name, offers: true, refresh: false });
        const all = [
            ...files,
            lock,
            ...declared.map(({ file }) => ({ file, summary: `declare ${name}` })),
            ...changes,
        ];
        record({ ...(0,_check_js__WEBPACK_IMPORTED_MODULE_9__/* .partOf */ .BU)((0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .about */ .Cv)(examined, name)), changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_8__/* .sortChanges */ .gQ)(all) });
    });
    record({ applied: true });
}
/** Chooses the plugin that is meant; where there are several, it has to be named. */
async function choose(snapshot, { source, path, name }) {
    const found = await (0,_declarations_elsewhere_find_js__WEBPACK_IMPORTED_MODULE_3__/* .findPlugins */ .UC)(snapshot, path);
    const where = path === '' ? source : `${path} of ${source}`;
    const named = name === '' ? found : found.filter((plugin) => plugin.name === name);
    const only = named[0];
    if (only && named.length === 1)
        return only;
    if (found.length === 0)
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_10__/* .StageError */ .Zu('fetch', `${where} holds no plugin: that is a directory with manifest.json and code, with web/plugins/NAME/, or with services/*.service.ts`);
    const names = (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_12__/* .listed */ .KE)(found.map((plugin) => plugin.name), 60);
    throw new _stage_js__WEBPACK_IMPORTED_MODULE_10__/* .StageError */ .Zu('fetch', name === ''
        ? `${where} holds ${found.length} plugins: say which, with --plugin NAME: ${names}`
        : `${where} holds no plugin ${name}; it holds ${names}`);
}
async function take({ snapshot, resolved }, { name, parts }, { root, pluginsOnly }) {
    const directories = {};
    for (const { kind, directory } of parts) {
        const place = (0,_declarations_elsewhere_find_js__WEBPACK_IMPORTED_MODULE_3__/* .placeFor */ .vM)(name, kind, pluginsOnly);
        if (Object.hasOwn(directories, place))
            throw new Error(`${resolved.source} holds ${name} twice, in ${parts.map((part) => part.directory).join(' and ')}: name the directory in the source`);
        directories[place] = directory;
    }
    const { tree: whole, leftOut } = await (0,_declarations_elsewhere_find_js__WEBPACK_IMPORTED_MODULE_3__/* .takeFiles */ .xU)(snapshot, directories);
    const tree = await (0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_6__/* .withoutIgnored */ .fq)(root, whole);
    const ignored = [...whole.keys()].filter((path) => !tree.has(path));
    const license = await (0,_declarations_elsewhere_find_js__WEBPACK_IMPORTED_MODULE_3__/* .findLicence */ .fh)(snapshot, parts[0]?.directory ?? '');
    const notes = [
        ...(leftOut.length > 0
            ? [`Left out, since package managers, git or editors obey such files: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_12__/* .listed */ .KE)(leftOut)}.`]
            : []),
        ...(ignored.length > 0
            ? [`Left out, since git ignores them here and no commit would have them: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_12__/* .listed */ .KE)(ignored)}.`]
            : []),
        license === undefined
            ? `No licence was found for ${name}: ask its author whether it may be used.`
            : `The licence of ${name} is ${license}.`,
    ];
    const locked = {
        ...resolved,
        directories,
        tree: (0,_declarations_elsewhere_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .hashOfTree */ .u8)(tree),
        ...(license !== undefined && { license }),
    };
    return { name, locked, tree, notes };
}
/** A plugin that is here already is never overwritten. */
function refuseTaken(root, name, directories) {
    const locked = (0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .readLock */ .mF)(root).get(name);
    if (locked)
        throw new Error(`${name} is here already, from ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_6__/* .requested */ .lT)(locked)}: update it (\`tailchat-plugins update ${name}\`), or remove it first`);
    for (const directory of directories) {
        const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(directory));
        const names = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(parent) ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(parent) : [];
        const taken = names.find((each) => each.toLowerCase() === name.toLowerCase());
        if (taken !== undefined)
            throw new Error(`${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(directory)}/${taken} is there already, and is never overwritten: remove it first`);
    }
}


/***/ })

};
