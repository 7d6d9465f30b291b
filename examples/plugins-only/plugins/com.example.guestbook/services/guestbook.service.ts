import { TcService } from 'tailchat-server-sdk';
import type { TcContext } from 'tailchat-server-sdk';

/**
 * Who was here, kept in memory
 */
class GuestbookService extends TcService {
  private names: string[] = [];

  get serviceName() {
    return 'plugin:com.example.guestbook';
  }

  onInit() {
    this.registerAction('sign', this.sign, {
      params: {
        name: 'string',
      },
    });
    this.registerAction('list', this.list);
  }

  sign(ctx: TcContext<{ name: string }>) {
    this.names.push(ctx.params.name);
    return this.names.length;
  }

  list() {
    return this.names;
  }
}

export default GuestbookService;
