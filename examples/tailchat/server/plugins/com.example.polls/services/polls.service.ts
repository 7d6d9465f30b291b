import { TcService } from 'tailchat-server-sdk';
import type { TcContext } from 'tailchat-server-sdk';

/**
 * Counts votes
 */
class PollsService extends TcService {
  private votes = new Map<string, number>();

  get serviceName() {
    return 'plugin:com.example.polls';
  }

  onInit() {
    this.registerAction('vote', this.vote, {
      params: {
        choice: 'string',
      },
    });
    this.registerAction('close', this.close);
  }

  vote(ctx: TcContext<{ choice: string }>) {
    const { choice } = ctx.params;
    const count = (this.votes.get(choice) ?? 0) + 1;
    this.votes.set(choice, count);
    return count;
  }

  async close(ctx: TcContext) {
    await ctx.call('plugin:com.example.polls.archive.add', {
      result: Object.fromEntries(this.votes),
    });
    this.votes.clear();
  }
}

export default PollsService;
