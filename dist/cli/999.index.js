export const id = 999;
export const ids = [999];
export const modules = {

/***/ 7999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   outdated: () => (/* binding */ outdated)
/* harmony export */ });
/* harmony import */ var _declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5519);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(207);
/* harmony import */ var _stage_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9573);
/* harmony import */ var _vendor_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5261);




/**
 * Says which plugins from elsewhere have a newer version; nothing is written.
 * @throws after all were asked, where one can't be
 */
async function outdated(run) {
    const { workspace } = await run.stage('check', () => (0,_check_js__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6)(run));
    const { outlooks, failures } = await run.stage('fetch', () => (0,_vendor_js__WEBPACK_IMPORTED_MODULE_3__/* .outlooksOf */ .u2)(run, workspace.root));
    run.record({
        elsewhere: {
            plugins: outlooks.length + failures.length,
            outdated: outlooks.filter((outlook) => outlook.outdated).length,
        },
        notes: outlooks.map(({ name, locked, newest, outdated: isOutdated, problem }) => problem === undefined
            ? `${name}: ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_0__/* .requested */ .lT)(locked)}${isOutdated ? ` -> ${newest}` : ', up to date'}`
            : `${name}: ${problem}`),
    });
    if (outlooks.length + failures.length === 0)
        run.record({ notes: ['No plugins from elsewhere: there is no tailchat-plugins.lock.'] });
    if (failures.length > 0)
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_2__/* .StageError */ .Zu('outdated', failures.join('\n'));
}


/***/ })

};
