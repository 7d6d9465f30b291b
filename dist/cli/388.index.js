export const id = 388;
export const ids = [388];
export const modules = {

/***/ 3388:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   chooseDestination: () => (/* binding */ chooseDestination),
/* harmony export */   publish: () => (/* binding */ publish)
/* harmony export */ });
/* harmony import */ var _publish_destination_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5559);
/* harmony import */ var _publish_publish_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(746);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7154);



/** Finds out where the edits go, before there are any. */
function chooseDestination({ inputs, surroundings }) {
    return (0,_publish_destination_js__WEBPACK_IMPORTED_MODULE_0__/* .findDestination */ .Ye)(inputs, surroundings.root, surroundings.event);
}
/**
 * Publishes the edits of this run on GitHub, as the input `commit` says.
 * @returns the new commit, where it equals the working tree
 * @throws when that is not possible, with what to do
 */
async function publish({ inputs, surroundings, record }, { destination, examined, sync }) {
    const { root } = examined.workspace;
    const changes = (0,_report_report_js__WEBPACK_IMPORTED_MODULE_2__/* .sortChanges */ .gQ)(examined.changes);
    const edited = { inputs, root, findings: examined.findings.open, changes, sync };
    const { part, revision } = await (0,_publish_publish_js__WEBPACK_IMPORTED_MODULE_1__/* .publishEdits */ .B)(destination, edited, surroundings);
    record(part);
    return revision;
}


/***/ })

};
