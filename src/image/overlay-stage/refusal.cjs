'use strict'

/** Something that an overlay can't do; the message is for the person who asked for one. */
class Refusal extends Error {}

module.exports = { Refusal }
