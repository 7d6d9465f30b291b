'use strict'
// What the build stage of an overlay does to files.

const fs = require('fs')
const path = require('path')

/** Whether something is there; what a broken link points at is not. */
function exists(file) {
  return fs.existsSync(file)
}

function isDirectory(file) {
  const stat = fs.lstatSync(file, { throwIfNoEntry: false })
  return stat !== undefined && stat.isDirectory()
}

/** Removes a plugin's files and keeps what is installed for it, at every depth. */
function clearSources(directory) {
  if (!isDirectory(directory)) return
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue
    const file = path.join(directory, entry.name)
    if (!entry.isDirectory()) fs.unlinkSync(file)
    else {
      clearSources(file)
      if (fs.readdirSync(file).length === 0) fs.rmdirSync(file)
    }
  }
}

/** Copies a file, a link or a directory with all that is in it, with owners and modes, into what is there already. */
function copyTree(from, to) {
  const stat = fs.lstatSync(from)
  if (stat.isSymbolicLink()) {
    fs.mkdirSync(path.dirname(to), { recursive: true })
    fs.symlinkSync(fs.readlinkSync(from), to)
  } else if (stat.isDirectory()) {
    fs.mkdirSync(to, { recursive: true })
    for (const name of fs.readdirSync(from).sort()) copyTree(path.join(from, name), path.join(to, name))
    fs.chmodSync(to, stat.mode)
  } else {
    fs.mkdirSync(path.dirname(to), { recursive: true })
    fs.copyFileSync(from, to)
    fs.chmodSync(to, stat.mode)
  }
  fs.lchownSync(to, stat.uid, stat.gid)
}

/** The two trees that the final stage copies; paths are those in the image. */
function createLayer(directory) {
  const hide = path.join(directory, 'hide')
  const layer = path.join(directory, 'layer')
  for (const each of [hide, layer]) fs.mkdirSync(each)

  /** The place of a path in one of the trees; directories above it are as they are in the image. */
  const placeIn = (tree, target) => {
    const place = path.join(tree, target)
    makeParents(tree, path.dirname(target))
    return place
  }
  const makeParents = (tree, target) => {
    const place = path.join(tree, target)
    if (target === path.dirname(target) || exists(place)) return
    makeParents(tree, path.dirname(target))
    fs.mkdirSync(place)
    const original = fs.statSync(target, { throwIfNoEntry: false })
    if (!original) return
    fs.chmodSync(place, original.mode)
    fs.chownSync(place, original.uid, original.gid)
  }
  const self = {
    /** What is there in the base image is not there in the new one. */
    hide(target) {
      if (exists(target)) fs.writeFileSync(placeIn(hide, target), '')
    },
    /** The directory begins empty, and may be filled. */
    replace(target) {
      self.hide(target)
    },
    /** Hides what is in a directory and not among these names. */
    keepOnly(parent, names) {
      if (!isDirectory(parent)) return
      for (const entry of fs.readdirSync(parent, { withFileTypes: true }))
        if (entry.isDirectory() && !names.includes(entry.name)) self.hide(path.join(parent, entry.name))
    },
    copy(from, target) {
      if (exists(from)) copyTree(from, placeIn(layer, target))
    },
    link(to, target) {
      fs.symlinkSync(to, placeIn(layer, target))
    },
    write(target, text) {
      fs.writeFileSync(placeIn(layer, target), text)
    },
    /** The same content gives the same layers, whenever it is built. */
    finish(epochSeconds) {
      for (const each of [hide, layer]) setTimes(each, epochSeconds)
    },
  }
  return self
}

function setTimes(file, seconds) {
  if (isDirectory(file)) for (const name of fs.readdirSync(file)) setTimes(path.join(file, name), seconds)
  fs.lutimesSync(file, seconds, seconds)
}

module.exports = { clearSources, copyTree, createLayer, exists, isDirectory }
