export { defaultBrokerConfig } from './config';
export * as db from 'mongoose';
export { TcService } from './services/base';
export type { TcContext } from './services/base';
export type { BrokerOptions, ServiceBroker } from 'moleculer';
