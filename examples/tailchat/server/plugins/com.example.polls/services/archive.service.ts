import { TcService } from 'tailchat-server-sdk';
import type { TcContext } from 'tailchat-server-sdk';

/**
 * A plugin may bring several services: the others' names go on after the plugin's
 */
class PollsArchiveService extends TcService {
  private results: unknown[] = [];

  get serviceName() {
    return 'plugin:com.example.polls.archive';
  }

  onInit() {
    this.registerAction('add', this.add, {
      params: {
        result: 'object',
      },
      visibility: 'public', // for other services, not over HTTP
    });
    this.registerAction('list', this.list);
  }

  add(ctx: TcContext<{ result: object }>) {
    this.results.push(ctx.params.result);
  }

  list() {
    return this.results;
  }
}

export default PollsArchiveService;
