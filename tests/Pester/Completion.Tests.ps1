BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock
    $other = Connect-TestAccount $server argon2@example.org
    Select-BwSession $session

    function Get-Completion([string] $Line) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Completion' {
    BeforeDiscovery {
        $selectors = 'field:api-key', 'field:environment', 'field:login name', 'field:rotated', 'notes', 'password', 'totp', 'uri', 'username'
        $url = '<server>'
    }

    It '<Line> gives <Expected>' -TestCases @(
        @{ Line = 'Get-BwItem prod-'; Expected = 'prod-api', 'prod-sql', 'prod-web' }
        @{ Line = 'Get-BwItem PROD-S'; Expected = 'prod-sql' }
        @{ Line = 'Get-BwSecret prod-s'; Expected = 'prod-sql' }
        @{ Line = 'Get-BwSecret -Name prod-s'; Expected = 'prod-sql' }
        @{ Line = 'Get-BwItem Work/d'; Expected = 'Work/duplicate' }
        @{ Line = 'Get-BwItem recov'; Expected = "'recovery codes'" }
        @{ Line = "Get-BwItem 'recov"; Expected = "'recovery codes'" }
        @{ Line = 'Get-BwItem "recov'; Expected = "'recovery codes'" }
        @{ Line = 'Get-BwItem names'; Expected = "'names with [brackets]'" }
        @{ Line = 'Get-BwItem star'; Expected = "'star * item'" }
        @{ Line = "Get-BwItem 'c#"; Expected = "'c# build'" }
        @{ Line = 'Get-BwItem twins'; Expected = "'twins (castor)'", "'twins (pollux)'" }
        @{ Line = 'Get-BwItem dupl'; Expected = 'Private/duplicate', 'Work/duplicate' }
        @{ Line = 'Get-BwSecret dupl'; Expected = 'Private/duplicate', 'Work/duplicate' }
        @{ Line = "Get-BwSecret 'prod-sql#"; Expected = $selectors | ForEach-Object { "'prod-sql#$_'" } }
        @{ Line = 'Get-BwSecret prod-sql#u'; Expected = "'prod-sql#uri'", "'prod-sql#username'" }
        @{ Line = "Get-BwSecret 'prod-sql#field:a"; Expected = "'prod-sql#field:api-key'" }
        @{ Line = "Get-BwSecret 'with attachment#att"; Expected = "'with attachment#attachment:cert.pfx'" }
        @{ Line = 'Get-BwSecret Work/duplicate#p'; Expected = "'Work/duplicate#password'" }
        @{ Line = 'Get-BwSecret duplicate#p'; Expected = @() }
        @{ Line = 'Get-BwSecret bw://Work/prod-s'; Expected = 'bw://Work/prod-sql' }
        @{ Line = 'Get-BwSecret bw://prod-s'; Expected = 'bw://Work/prod-sql' }
        @{ Line = 'Get-BwSecret bw://recov'; Expected = "'bw://recovery%20codes'" }
        @{ Line = "Get-BwSecret 'bw://Work/prod-sql#field:login"; Expected = @() }
        @{ Line = "Get-BwSecret 'bw://Work/prod-sql#field%3Al"; Expected = "'bw://Work/prod-sql#field%3Alogin%20name'" }
        @{ Line = 'Get-BwSecret -Item $item -Selector to'; Expected = 'totp' }
        @{ Line = 'Get-BwItem prod-sql | Get-BwSecret -Selector u'; Expected = 'uri', 'username' }
        @{ Line = 'Connect-BwApiKey '; Expected = 'EU', $url, 'US' }
        @{ Line = 'Connect-BwAccount -Server e'; Expected = 'EU' }
        @{ Line = 'Test-BwConnection u'; Expected = 'US' }
        @{ Line = 'Get-BwItem -Folder Wo'; Expected = 'Work', 'Work/Sub' }
        @{ Line = 'Get-BwItem -Folder Pri'; Expected = 'Private' }
        @{ Line = 'Get-BwFolder Wo'; Expected = 'Work', 'Work/Sub' }
        @{ Line = 'Move-BwItem prod-sql -Folder Pri'; Expected = 'Private' }
        @{ Line = 'New-BwItem x -Collection pr'; Expected = 'Production' }
        @{ Line = 'Set-BwItem prod-s'; Expected = 'prod-sql' }
        @{ Line = 'New-BwItem x -UriMatch Ho'; Expected = 'Host' }
        @{ Line = 'Get-BwItem -Collection pr'; Expected = 'Production' }
        @{ Line = 'Get-BwCollection '; Expected = 'Production' }
        @{ Line = 'Get-BwItem -Organization ex'; Expected = "'Example Org'" }
        @{ Line = 'Get-BwCollection -Organization '; Expected = "'Example Org'" }
        @{ Line = 'Get-BwOrganization E'; Expected = "'Example Org'" }
        @{ Line = 'Get-BwItem -Session pb'; Expected = 'pbkdf2@example.org' }
        @{ Line = 'Select-BwSession '; Expected = 'argon2@example.org', 'pbkdf2@example.org' }
        @{ Line = 'Lock-BwVault ar'; Expected = 'argon2@example.org' }
        @{ Line = 'Disconnect-BwSession -Session pb'; Expected = 'pbkdf2@example.org' }
    ) {
        $item = Get-BwItem prod-sql
        Get-Completion $Line | Should -Be @($Expected | ForEach-Object { $_ -replace '<server>', $server.Url })
    }

    It '-Type gives the kinds of items' {
        Get-Completion 'Get-BwItem -Type Ssh' | Should -Be 'SshKey'
    }

    It 'does not give names of the trash' {
        Get-Completion 'Get-BwItem tras' | Should -Not -Contain 'trashed'
    }

    It 'a completed name is found again' -TestCases @(
        @{ Start = 'Get-BwItem names' }
        @{ Start = 'Get-BwItem twins' }
        @{ Start = 'Get-BwItem identical' }
        @{ Start = 'Get-BwItem Stra' }
    ) {
        foreach ($text in Get-Completion $Start) {
            @(& ([scriptblock]::Create("Get-BwItem $text"))).Count | Should -Be 1
        }
    }

    It 'quotes a name with a quotation mark' {
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/items' @{ name = "it's quoted"; username = 'q'; password = 'q' }
        Sync-BwVault
        Get-Completion 'Get-BwItem it' | Should -Be "'it''s quoted'"
    }

    It 'asks the server nothing' {
        Clear-ServerRequest $server
        $lines = @(
            'Get-BwItem p', 'Get-BwSecret p', "Get-BwSecret 'with attachment#", 'Get-BwSecret bw://', 'Get-BwItem -Folder W', 'Select-BwSession '
        )
        foreach ($line in $lines) {
            $null = Get-Completion $line
        }
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'a completed reference names one item' {
        foreach ($text in Get-Completion 'Get-BwSecret bw://') {
            $null = Get-BwSecret "$($text.Trim("'"))#username" -AsPlainText -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures | Where-Object FullyQualifiedErrorId -Match 'ItemNotFound|AmbiguousName|InvalidReference' | Should -BeNullOrEmpty -Because $text
        }
    }

    It 'no file name for -<Parameter> of <Cmdlet>' -ForEach $(
        Import-Module $PSScriptRoot/TestServer.psm1
        Import-BitwardenModule
        foreach ($cmdlet in Get-Command -Module Bitwarden) {
            $others = [Management.Automation.PSCmdlet]::CommonParameters + 'CertificateAuthority', 'Path', 'OutFile', 'KeyFile', 'FallbackPath', 'EnvFile'
            $own = $cmdlet.Parameters.Values | Where-Object { $_.Name -notin $others -and -not $_.SwitchParameter }
            $own | ForEach-Object { @{ Cmdlet = $cmdlet.Name; Parameter = $_.Name } }
        }
    ) {
        Push-Location $TestDrive
        $null = New-Item file-of-test.txt -Force
        $texts = Get-Completion "$Cmdlet -$Parameter "
        Pop-Location
        $texts | Where-Object { $_ -match 'file-of-test' } | Should -BeNullOrEmpty
    }

    It 'shows no value in a tool tip' {
        $completions = (TabExpansion2 -inputScript 'Get-BwItem ' -cursorColumn 11).CompletionMatches
        ($completions.ToolTip -join "`n") | Should -Not -Match 'Sql-Pr0d|Dup-W0rk|hidden-field'
    }
}

Describe 'Completion with a lock' {
    BeforeAll {
        Lock-BwVault $session
    }

    It '<Line> gives no name' -TestCases @(
        @{ Line = 'Get-BwItem prod-' }
        @{ Line = 'Get-BwSecret prod-' }
        @{ Line = 'Get-BwItem -Folder Wo' }
    ) {
        Get-Completion $Line | Where-Object { $_ -match 'prod|Work' } | Should -BeNullOrEmpty
    }

    It 'asks the server nothing' {
        Clear-ServerRequest $server
        $null = Get-Completion 'Get-BwItem prod-'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'still gives sessions' {
        Get-Completion 'Unlock-BwVault -Session pb' | Should -Be 'pbkdf2@example.org'
    }
}

Describe 'Completion in a runspace without a session' {
    It 'gives no name of another runspace' {
        Unlock-BwVault (Get-MasterPassword) -Session $session
        $shell = [powershell]::Create()
        try {
            $texts = $shell.AddScript("Import-Module '$(Get-ModuleFolder)'; (TabExpansion2 'Get-BwItem prod-' 16).CompletionMatches.CompletionText").Invoke()
            $texts | Where-Object { $_ -match 'prod' } | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }
    }
}
