# Two processes write one item. Each has a field of its own: a write that was made of an older version would take the other's last value back, without a word.
# BITWARDEN_SECRET_WRITES is how often each of them writes.

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $server = Start-TestServer
    $writes = if ($env:BITWARDEN_SECRET_WRITES) { [int]$env:BITWARDEN_SECRET_WRITES } else { 4 }
    $module = "$PSScriptRoot/TestServer.psm1"
    Import-BitwardenModule
    $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/items' @{ name = 'raced'; username = 'u'; password = 'p' }
    $runs = 'a', 'b' | ForEach-Object -ThrottleLimit 2 -Parallel {
        Import-Module $using:module
        Invoke-FreshPwsh -Server $using:server -Seconds (120 + 10 * $using:writes) -Arguments @{ Field = $_; Writes = $using:writes } {
            function Read-Own {
                Sync-BwVault
                $field = (Get-BwItem raced).Fields | Where-Object Name -EQ $arguments.Field
                if ($field) { $field.Value.RevealText() } else { '' }
            }
            $null = Connect-TestAccount $server -Unlock
            Register-SecretVault Work -ModuleName $moduleFolder
            $last = ''
            $result = @{ Written = 0; Lost = @(); Silent = @() }
            foreach ($number in 1..$arguments.Writes) {
                Move-ServerClock $server 3
                try {
                    Set-Secret "raced#field:$($arguments.Field)" -Secret "$number" -Vault Work -ErrorAction Stop
                    $last = "$number"
                    $result.Written++
                }
                catch {
                    $result.Lost += ($_.FullyQualifiedErrorId -split ',')[0]
                }
                $own = Read-Own
                if ($own -ne $last) { $result.Silent += "wrote $last, found $own" }
            }
            $result.Last = $last
            $result
        }
    }
    $null = Connect-TestAccount $server -Unlock
    $fields = (Get-BwItem raced).Fields
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'SecretManagement: two processes write one item' {
    It 'every lost race is ItemChanged, and none is silent' {
        $runs.Count | Should -Be 2
        foreach ($run in $runs) {
            $run.ErrorOutput | Should -BeNullOrEmpty
            $run.Result.Silent | Should -BeNullOrEmpty
            $run.Result.Lost | Where-Object { $_ -ne 'ItemChanged' } | Should -BeNullOrEmpty
            $run.Result.Written + @($run.Result.Lost).Count | Should -Be $writes
            $run.Result.Written | Should -BeGreaterThan 0
        }
    }

    It 'what was written last is there' {
        ($fields | ForEach-Object { $_.Value.RevealText() } | Sort-Object) | Should -Be @($runs.Result.Last | Sort-Object)
    }
}
