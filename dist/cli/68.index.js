export const id = 68;
export const ids = [68];
export const modules = {

/***/ 6068:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   add: () => (/* binding */ add)
/* harmony export */ });
/* harmony import */ var _declarations_elsewhere_fetch_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9912);
/* harmony import */ var _declarations_elsewhere_find_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2711);
/* harmony import */ var _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(8406);
/* harmony import */ var _declarations_elsewhere_source_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3993);
/* harmony import */ var _declarations_elsewhere_tree_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2980);
/* harmony import */ var _declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5519);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(1067);
/* harmony import */ var _lib_transaction_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1947);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7154);
/* harmony import */ var _workspace_read_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4320);
/* harmony import */ var _workspace_whereabouts_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8464);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(207);
/* harmony import */ var _stage_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9573);
/* harmony import */ var _vendor_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(5261);














/**
 * Takes a plugin over from a source: its files, an entry in the lock, its declaration and its registrations; all of
 * them, or none. An empty directory, or a git repository without plugins, becomes a repository that holds plugins only.
 * @throws with what to do when it can't be fetched, or is refused
 */
async function add(run) {
    const { inputs, record } = run;
    const source = (0,_declarations_elsewhere_source_js__WEBPACK_IMPORTED_MODULE_2__/* .parseSource */ .PJ)(inputs.task.subject);
    const { root } = run.surroundings;
    const workspace = await run.stage('workspace', () => (0,_workspace_read_js__WEBPACK_IMPORTED_MODULE_7__/* .readWorkspace */ .i)(root, inputs.image));
    const hasPlugins = workspace.plugins.length > 0;
    const reason = (0,_workspace_whereabouts_js__WEBPACK_IMPORTED_MODULE_8__/* .whyNotHere */ .uQ)(root, { path: inputs.path, hasPlugins, isFirst: true });
    if (reason !== undefined)
        throw new Error(reason);
    const declarations = await (0,_check_js__WEBPACK_IMPORTED_MODULE_9__/* .readDeclarations */ .m2)(root, inputs.declarations);
    const access = (0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .accessOf */ .YK)(run, root);
    const taken = await run.stage('fetch', () => (0,_declarations_elsewhere_fetch_js__WEBPACK_IMPORTED_MODULE_0__/* .withSource */ .g5)(source, access, async (snapshot, resolved) => {
        const plugin = await choose(snapshot, {
            source: resolved.source,
            path: source.path,
            name: inputs.task.plugin,
        });
        return take({ snapshot, resolved }, plugin, workspace);
    }));
    const { name, locked, tree, notes } = taken;
    (0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .refuseTaken */ .Ir)(root, name, Object.keys(locked.directories));
    const summary = `add ${name} from ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_4__/* .requested */ .lT)(locked)}: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_12__/* .plural */ .LS)(tree.size, 'file')}`;
    const files = Object.keys(locked.directories).map((file) => ({ file, summary }));
    const lock = { file: _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_13__/* .LOCK_FILE */ .F, summary: `lock ${name}` };
    record({ notes });
    if (inputs.dryRun) {
        record({ changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_6__/* .sortChanges */ .gQ)([...files, lock]) });
        return;
    }
    await (0,_lib_transaction_js__WEBPACK_IMPORTED_MODULE_5__/* .withTransaction */ .ro)(root, async (apply) => {
        const hasWeb = [...tree.keys()].some((path) => path.endsWith('/manifest.json'));
        const declared = (0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .declarationChange */ .PQ)(run, { workspace, declarations }, { name, isOffered: hasWeb });
        apply([...(0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .treeChanges */ .CJ)(new Map(), tree), (0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .lockChange */ ._9)(root, name, locked), ...declared]);
        const { examined, changes } = await (0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .settle */ .G9)(run, apply, { name, offers: true, refresh: false });
        const all = [
            ...files,
            lock,
            ...declared.map(({ file }) => ({ file, summary: `declare ${name}` })),
            ...changes,
        ];
        record({ ...(0,_check_js__WEBPACK_IMPORTED_MODULE_9__/* .partOf */ .BU)((0,_vendor_js__WEBPACK_IMPORTED_MODULE_11__/* .about */ .Cv)(examined, name)), changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_6__/* .sortChanges */ .gQ)(all) });
    });
    record({ applied: true });
}
/** Chooses the plugin that is meant; where there are several, it has to be named. */
async function choose(snapshot, { source, path, name }) {
    const found = await (0,_declarations_elsewhere_find_js__WEBPACK_IMPORTED_MODULE_1__/* .findPlugins */ .UC)(snapshot, path);
    const where = path === '' ? source : `${path} of ${source}`;
    const named = name === '' ? found : found.filter((plugin) => plugin.name === name);
    const only = named[0];
    if (only && named.length === 1)
        return only;
    if (found.length === 0)
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_10__/* .StageError */ .Zu('fetch', `${where} contains no plugin. A plugin is a directory with manifest.json and code, with web/plugins/NAME/, or with services/*.service.ts`);
    const names = (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_12__/* .listed */ .KE)(found.map((plugin) => plugin.name), 60);
    throw new _stage_js__WEBPACK_IMPORTED_MODULE_10__/* .StageError */ .Zu('fetch', name === ''
        ? `${where} contains ${found.length} plugins; choose one with --plugin NAME: ${names}`
        : `${where} contains no plugin ${name}; it contains ${names}`);
}
async function take({ snapshot, resolved }, { name, parts }, { root, pluginsOnly }) {
    const directories = {};
    for (const { kind, directory } of parts) {
        const place = (0,_declarations_elsewhere_find_js__WEBPACK_IMPORTED_MODULE_1__/* .placeFor */ .vM)(name, kind, pluginsOnly);
        if (Object.hasOwn(directories, place))
            throw new Error(`${resolved.source} contains ${name} twice, in ${parts.map((part) => part.directory).join(' and ')}: name the directory in the source`);
        directories[place] = directory;
    }
    const { tree: whole, leftOut } = await (0,_declarations_elsewhere_find_js__WEBPACK_IMPORTED_MODULE_1__/* .takeFiles */ .xU)(snapshot, directories);
    const tree = await (0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutIgnored */ .fq)(root, whole);
    const ignored = [...whole.keys()].filter((path) => !tree.has(path));
    const license = await (0,_declarations_elsewhere_find_js__WEBPACK_IMPORTED_MODULE_1__/* .findLicence */ .fh)(snapshot, parts[0]?.directory ?? '');
    const notes = [
        ...(leftOut.length > 0
            ? [`Left out, because package managers, git or editors act on these files: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_12__/* .listed */ .KE)(leftOut)}.`]
            : []),
        ...(ignored.length > 0
            ? [`Left out, because git ignores them in this repository: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_12__/* .listed */ .KE)(ignored)}.`]
            : []),
        license === undefined
            ? `No licence was found for ${name}: ask its author whether it may be used.`
            : `The licence of ${name} is ${license}.`,
    ];
    const locked = {
        ...resolved,
        directories,
        tree: (0,_declarations_elsewhere_tree_js__WEBPACK_IMPORTED_MODULE_3__/* .hashOfTree */ .u8)(tree),
        ...(license !== undefined && { license }),
    };
    return { name, locked, tree, notes };
}


/***/ })

};
