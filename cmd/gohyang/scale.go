package main

import (
	"fmt"
	"math"

	"gohyang/output"
	"gohyang/scenarios"
)

// scaleNote says which scale a run has when it is not the one asked for, because an agent stands for a whole number of residents; "" when it is.
func scaleNote(s *scenarios.Scenario, flags *runFlags) string {
	used := scenarios.WholeScale(s.Run.Scale)
	if output.Scale(used) == output.Scale(s.Run.Scale) {
		return ""
	}
	asked := "run.scale " + output.Scale(s.Run.Scale)
	if flags.scale.typed {
		asked = "--scale " + flags.scale.String()
	}
	weight := math.Round(1 / used)
	if weight == 1 {
		return asked + ": an agent stands for a whole number of residents; every resident is an agent (scale 1)"
	}
	return fmt.Sprintf("%s: an agent stands for a whole number of residents; 1/%.0f = %s is used", asked, weight, output.Scale(used))
}

// smallSample says whether a run has fewer agents than the file asks for that holds an expectation, so that a miss may be sampling error.
func smallSample(s *scenarios.Scenario, e scenarios.Expect) bool {
	return e.Scale > 0 && scenarios.WholeScale(s.Run.Scale) < scenarios.WholeScale(e.Scale)
}
