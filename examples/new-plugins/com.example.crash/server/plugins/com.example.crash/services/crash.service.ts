import { TcService } from 'tailchat-server-sdk';

/**
 * Compiles, and ends the process that loads it: onInit runs while the service is constructed
 */
class CrashService extends TcService {
  get serviceName() {
    return 'plugin:com.example.crash';
  }

  onInit() {
    if (!process.env.CRASH_TOKEN) {
      throw new Error('CRASH_TOKEN is not set');
    }

    this.registerAction('ping', () => 'pong');
  }
}

export default CrashService;
