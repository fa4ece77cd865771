package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// interruptible is a context that ends with the first Ctrl-C or SIGTERM, so that work stops at the next good moment and cleans up after itself. The
// second one finds the default behaviour and kills the program. The caller calls release when the work is done.
func interruptible(parent context.Context) (ctx context.Context, release func()) {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
