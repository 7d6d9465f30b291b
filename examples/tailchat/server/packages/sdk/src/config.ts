import type { BrokerOptions } from 'moleculer';

export const defaultBrokerConfig: BrokerOptions = {
  logLevel: 'info',
  requestTimeout: 10 * 1000,
};
