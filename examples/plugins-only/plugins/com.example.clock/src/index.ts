import { showToasts } from '@capital/common';

/**
 * Tells the time once the client has loaded
 */
showToasts(new Date().toLocaleTimeString());
