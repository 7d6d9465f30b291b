import { TcService } from 'tailchat-server-sdk';

/**
 * What the client asks for first
 */
class ConfigService extends TcService {
  get serviceName() {
    return 'config';
  }

  onInit() {
    this.registerAction('client', this.client);
    this.registerAuthWhitelist(['/client']);
  }

  client() {
    return { serverName: 'Tailchat sample' };
  }
}

export default ConfigService;
