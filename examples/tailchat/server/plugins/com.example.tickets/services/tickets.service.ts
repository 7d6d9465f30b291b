import { TcService } from 'tailchat-server-sdk';
import type { TcContext } from 'tailchat-server-sdk';
import { numberOf } from '../utils/number';

interface Ticket {
  id: string;
  title: string;
}

/**
 * Tickets of a group, kept in memory
 */
class TicketsService extends TcService {
  private tickets: Ticket[] = [];

  get serviceName() {
    return 'plugin:com.example.tickets';
  }

  onInit() {
    this.registerAction('list', this.list);
    this.registerAction('create', this.create, {
      params: {
        title: 'string',
      },
    });
  }

  list() {
    return this.tickets;
  }

  create(ctx: TcContext<{ title: string }>) {
    const ticket = {
      id: numberOf(this.tickets.length + 1),
      title: ctx.params.title,
    };
    this.tickets.push(ticket);
    return ticket;
  }
}

export default TicketsService;
