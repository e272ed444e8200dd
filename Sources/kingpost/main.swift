internal import Commands

Start.run()
