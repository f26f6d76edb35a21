BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $account = Get-TestAccount $server

    # Starts a script in a runspace of its own, stops it once the hanging server has its request, and tells how that went.
    function Stop-WhileHanging([string] $Path, [string] $Script, [hashtable] $Variables) {
        Add-Fault $server $Path Hang
        Clear-ServerRequest $server
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$(Get-ModuleFolder)'").Invoke()
            foreach ($name in $Variables.Keys) { $shell.Runspace.SessionStateProxy.SetVariable($name, $Variables[$name]) }
            $shell.Commands.Clear()
            $running = $shell.AddScript($Script).BeginInvoke()
            Wait-Until -What "the request to $Path" { (Get-ServerRequest $server $Path) -or $running.IsCompleted }
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            [pscustomobject]@{ State = "$($shell.InvocationStateInfo.State)"; Seconds = $clock.Elapsed.TotalSeconds; Errors = $shell.Streams.Error.Count }
        }
        finally {
            Clear-Fault $server
            $shell.Dispose()
        }
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Stopping <Name> while the server hangs' -ForEach @(
    @{
        Name   = 'Connect-BwApiKey'
        Path   = '/identity/connect/token'
        Unlock = $false
        Script = 'Connect-BwApiKey $url -ClientId $id -ClientSecret $secret'
    }
    @{
        Name   = 'Unlock-BwVault'
        Path   = '/api/sync'
        Unlock = $false
        Script = 'Unlock-BwVault $password -Session $session'
    }
    @{
        Name   = 'Sync-BwVault'
        Path   = '/api/accounts/revision-date'
        Unlock = $true
        Script = 'Sync-BwVault -Session $session'
    }
    @{
        Name   = 'Sync-BwVault -Force'
        Path   = '/api/sync'
        Unlock = $true
        Script = 'Sync-BwVault -Force -Session $session'
    }
    @{
        Name   = 'Get-BwSecret of an attachment'
        Path   = '/api/ciphers/'
        Unlock = $true
        Script = 'Get-BwSecret "with attachment#attachment:cert.pfx" -Session $session'
    }
) {
    BeforeAll {
        $session = Connect-TestAccount $server -Unlock:$Unlock
        $stateBefore = $session.State
        $stopped = Stop-WhileHanging $Path $Script @{
            url = $server.Url; id = $account.clientId; secret = ConvertTo-TestSecret $account.clientSecret
            session = $session; password = Get-MasterPassword
        }
    }

    AfterAll {
        Disconnect-BwSession -All
    }

    # By itself the call would end after a minute.
    It 'ends without waiting for the server' {
        $stopped.State | Should -Be 'Stopped'
        $stopped.Seconds | Should -BeLessThan 30
    }

    It 'writes no error' {
        $stopped.Errors | Should -Be 0
    }

    It 'leaves the session as it was, and usable' {
        $session.State | Should -Be $stateBefore
        Unlock-BwVault (Get-MasterPassword) -Session $session
        Get-BwSecret prod-sql#username -AsPlainText -Session $session | Should -Be 'sql_admin'
    }
}
