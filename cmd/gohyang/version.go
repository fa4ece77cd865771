package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func versionCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "print version, revision and Go version",
		Example: examples("gohyang version"),
		Args:    names(0, "no name"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			v := buildStamp()
			if v.Revision == "" {
				v.Revision = "unknown"
			}
			fmt.Fprintf(cmd.OutOrStdout(), "gohyang %s (revision %s, %s, %s/%s)\n", v.Version, v.Revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

// stamp is what the toolchain recorded about this binary.
type stamp struct {
	Version  string // module version; "devel" for a build from a work tree
	Revision string // commit, with "+dirty" when the work tree had changes; empty where the build carries none
}

// buildStamp reads the stamp of the running binary.
func buildStamp() stamp {
	s := stamp{Version: "devel"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return s
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		s.Version = v
	}
	changed := false
	for _, set := range info.Settings {
		switch set.Key {
		case "vcs.revision":
			s.Revision = set.Value
		case "vcs.modified":
			changed = set.Value == "true"
		}
	}
	if changed && s.Revision != "" {
		s.Revision += "+dirty"
	}
	return s
}
