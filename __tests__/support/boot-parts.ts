/**
 * The images that stand around Tailchat in the end-to-end tests: those that .ci/boot-parts makes where E2E_MONGO_IMAGE
 * and so on name them, else the public ones, which the engine pulls.
 */
export const MONGO = process.env['E2E_MONGO_IMAGE'] || 'mongo:4.4'
export const REDIS = process.env['E2E_REDIS_IMAGE'] || 'redis:7-alpine'
export const MINIO = process.env['E2E_MINIO_IMAGE'] || 'minio/minio:RELEASE.2025-09-07T16-13-09Z'
