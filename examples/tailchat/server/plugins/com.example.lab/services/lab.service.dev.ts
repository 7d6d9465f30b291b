import { TcService } from 'tailchat-server-sdk';

/**
 * `.service.dev.ts`: for development only. The build compiles it, but in production nothing loads it
 */
class LabService extends TcService {
  get serviceName() {
    return 'plugin:com.example.lab';
  }

  onInit() {
    this.registerAction('echo', (ctx) => ctx.params);
  }
}

export default LabService;
