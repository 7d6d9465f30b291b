import { defaultBrokerConfig } from 'tailchat-server-sdk';
import type { BrokerOptions } from 'tailchat-server-sdk';

const brokerConfig: BrokerOptions = {
  ...defaultBrokerConfig,
};

export default brokerConfig;
