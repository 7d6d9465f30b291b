import { TcService } from 'tailchat-server-sdk';
import type { TcContext } from 'tailchat-server-sdk';

/**
 * Notes on a shared wall, kept in memory
 */
class WallService extends TcService {
  private notes: string[] = [];

  get serviceName() {
    return 'plugin:com.example.wall';
  }

  onInit() {
    this.registerAction('list', this.list);
    this.registerAction('post', this.post, {
      params: {
        text: 'string',
      },
    });
  }

  list() {
    return this.notes;
  }

  post(ctx: TcContext<{ text: string }>) {
    this.notes.push(ctx.params.text);
    return this.notes.length;
  }
}

export default WallService;
