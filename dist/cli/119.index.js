export const id = 119;
export const ids = [119];
export const modules = {

/***/ 9119:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   init: () => (/* binding */ init)
/* harmony export */ });
/* unused harmony exports renderInitialDeclarations, hiddenAtFirst */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8815);
/* harmony import */ var _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1699);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5312);
/* harmony import */ var _workspace_read_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7502);
/* harmony import */ var _desired_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3167);







const HEADER = ` What this repository does with its plugins today. Change a line, then run sync.
 offer: registry (in the plugin store), builtin (everyone has it), hidden, or a list of these
 services: dev (for development only: not expected in production)`;
/** The flags that `init` takes. */
const FLAGS = ['declarations', 'dry-run'];
/**
 * Writes a declarations file that states what the repository does today; with `--dry-run` writes nothing.
 * @returns the file with what it says, and the plugins that it hides since no list offers them
 * @throws {UsageError} for an unknown flag, and for a file that exists or can't be written there
 */
async function init(root, flags) {
    const unknown = Object.keys(flags).find((name) => !FLAGS.includes(name));
    if (unknown !== undefined)
        throw new _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .UsageError */ .eb([`init does not take --${unknown}`]);
    const file = flags['declarations'] ?? _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .inputDefinitions */ .Z$.declarations.default;
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, file);
    if (!(0,_lib_files_js__WEBPACK_IMPORTED_MODULE_4__/* .isInside */ .FK)(root, path))
        throw new _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .UsageError */ .eb([`${file} leads out of the repository`]);
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path)))
        throw new _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .UsageError */ .eb([`the directory of ${file} does not exist`]);
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path))
        throw new _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .UsageError */ .eb([`${file} already exists: remove it first to start over`]);
    const workspace = await (0,_workspace_read_js__WEBPACK_IMPORTED_MODULE_5__/* .readWorkspace */ .i)(root);
    const text = renderInitialDeclarations(workspace);
    const isWritten = flags['dry-run'] !== 'true';
    if (isWritten)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(path, text, { flag: 'wx' });
    return { file, text, isWritten, hidden: hiddenAtFirst(workspace) };
}
/** Returns a declarations file that states what the repository does today, so that adopting it changes nothing. */
function renderInitialDeclarations(workspace) {
    const registrationOf = (0,_desired_js__WEBPACK_IMPORTED_MODULE_6__/* .registrationsIn */ .UK)(workspace);
    const plugins = Object.fromEntries(workspace.plugins.map((plugin) => [plugin.name, entryFor(plugin, registrationOf(plugin))]));
    const document = new yaml__WEBPACK_IMPORTED_MODULE_2__/* .Document */ .yo({ version: 1, plugins }, { version: '1.2' });
    document.commentBefore = HEADER;
    for (const name of hiddenAtFirst(workspace)) {
        const offer = document.getIn(['plugins', name, 'offer'], true);
        if ((0,yaml__WEBPACK_IMPORTED_MODULE_2__.isScalar)(offer))
            offer.comment = ' no list offers it today; registry puts it in the plugin store';
    }
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
/** Returns the plugins that those declarations hide since no list offers them, whether that is meant or forgotten. */
function hiddenAtFirst(workspace) {
    const registrationOf = (0,_desired_js__WEBPACK_IMPORTED_MODULE_6__/* .registrationsIn */ .UK)(workspace);
    return workspace.plugins.flatMap((plugin) => offerFor(plugin, registrationOf(plugin)) === 'hidden' ? plugin.name : []);
}
function entryFor(plugin, today) {
    const offer = offerFor(plugin, today);
    const developmentOnly = plugin.services.length > 0 && plugin.services.every(({ loadedIn }) => loadedIn === 'development');
    return { ...(offer !== undefined && { offer }), ...(developmentOnly && { services: 'dev' }) };
}
/** `undefined` where no offer says exactly what holds today: then none is stated, and nothing changes. */
function offerFor(plugin, today) {
    if (!plugin.web)
        return undefined;
    const isFullstack = plugin.kind === 'fullstack';
    const listed = isFullstack ? today.install : today.registry;
    const misplaced = isFullstack ? today.registry : today.install;
    if (misplaced || (isFullstack && !listed && today.builtin !== 'no'))
        return undefined;
    if (!listed && today.builtin === 'no')
        return (0,_desired_js__WEBPACK_IMPORTED_MODULE_6__/* .canBeOffered */ .fq)(plugin) ? 'hidden' : undefined;
    if (today.builtin === 'no')
        return 'registry';
    return listed && !isFullstack ? ['registry', 'builtin'] : 'builtin';
}


/***/ })

};
