export { defaultBrokerConfig } from './config';
export { TcService } from './service';
export type { TcContext } from './service';
export type { BrokerOptions, ServiceBroker } from 'moleculer';
