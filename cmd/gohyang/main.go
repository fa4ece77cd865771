// Command gohyang lives through the coming decades with every resident of Korea or Japan as an agent and shows what a hometown-donation system
// (고향사랑기부제, ふるさと納税), written down as a TOML scenario, does to donors, related population, municipal budgets and population.
//
// One file per verb. A verb reads its flags, asks the packages below to do the work and prints what came back; nothing is computed here. Every way
// a command can end has its exit code in exit.go, and the tests in testdata/script run the program as a user types it.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }
