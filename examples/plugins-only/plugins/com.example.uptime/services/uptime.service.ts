import ms from 'ms';
import { TcService } from 'tailchat-server-sdk';

/**
 * Backend only. ms is a dependency of this plugin alone: it is installed beside it
 */
class UptimeService extends TcService {
  get serviceName() {
    return 'plugin:com.example.uptime';
  }

  onInit() {
    this.registerAction('read', this.read);
    this.registerAvailableAction(() => true);
  }

  read() {
    return ms(process.uptime() * 1000);
  }
}

export default UptimeService;
