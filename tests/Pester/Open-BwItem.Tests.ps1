BeforeDiscovery {
    $canStandIn = -not $IsWindows
}

Describe 'Open-BwItem' -Skip:(-not $canStandIn) {
    BeforeAll {
        $WarningPreference = 'SilentlyContinue'
        Import-Module $PSScriptRoot/TestServer.psm1
        Clear-BwEnvironment
        Import-BitwardenModule
        $server = Start-TestServer
        $null = Connect-TestAccount $server -Unlock
        $folder = Join-Path ([IO.Path]::GetTempPath()) "bw-browser-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $folder
        $opener = Join-Path $folder $(if ($IsMacOS) { 'open' } else { 'xdg-open' })

        function Set-Browser([string] $Body = "for a in `"`$@`"; do printf '%s\n' `"`$a`"; done >> '$folder/log'") {
            [IO.File]::WriteAllText($opener, "#!/bin/sh`n$Body`n")
            chmod +x $opener
            Remove-Item "$folder/log" -ErrorAction Ignore
        }

        function Get-Opened { if (Test-Path "$folder/log") { @(Get-Content "$folder/log") } }

        function Add-Address([string] $Name, [string] $Uri, $Match) {
            $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/addresses' @{ name = $Name; uri = $Uri; match = $Match }
            Sync-BwVault
        }

        $before = $env:PATH
        $env:PATH = "$folder$([IO.Path]::PathSeparator)$env:PATH"
    }

    AfterAll {
        $env:PATH = $before
        Disconnect-BwSession -All
        Stop-TestServer $server
        Remove-Item $folder -Recurse -Force -ErrorAction Ignore
    }

    BeforeEach {
        Set-Browser
    }

    It 'opens the first address of <What>' -TestCases @(
        @{ What = 'a name'; Call = { Open-BwItem prod-sql }; Address = 'https://sql.example.org:1433/' }
        @{ What = 'an item'; Call = { Get-BwItem prod-web | Open-BwItem }; Address = 'https://web.example.org/login?a=1&b=2' }
        @{ What = 'a name from the pipeline'; Call = { 'own key' | Open-BwItem }; Address = 'https://own-key.example.org/' }
    ) {
        & $Call | Should -BeNullOrEmpty
        Get-Opened | Should -Be $Address
    }

    It 'opens <Uri> as <Opened>' -TestCases @(
        @{ Uri = 'plain.example.org/x'; Opened = 'https://plain.example.org/x' }
        @{ Uri = 'HTTP://Example.org'; Opened = 'http://example.org/' }
        @{ Uri = "https://example.org/`$(touch x)`"'; echo &"; Opened = "https://example.org/`$(touch%20x)%22';%20echo%20&" }
        @{ Uri = 'https://example.org/ --option'; Opened = 'https://example.org/%20--option' }
        @{ Uri = '192.168.1.10:8443'; Opened = 'https://192.168.1.10:8443/' }
    ) {
        Add-Address $Uri $Uri
        Open-BwItem (Get-BwItem -Search $Uri.Split('/')[0] | Where-Object Name -EQ $Uri | Select-Object -Last 1).Id.ToString() -ErrorAction Stop
        Get-Opened | Should -Be $Opened
    }

    It 'does not open <Uri><Mode>' -TestCases @(
        foreach ($force in $false, $true) {
            foreach ($uri in 'file:///etc/passwd', '/etc/passwd', 'C:\Windows\System32\calc.exe', '\\server\share\x.exe', 'javascript:alert(1)',
                'javascript://example.org/%0aalert(1)', 'data:text/html,x', 'vbscript://x.example.org', 'ms-msdt://example.org/id', 'search-ms://example.org',
                '--help', 'mailto:ada@example.org', 'file://server.example.org/share', 'not an address', '$(touch x)') {
                @{ Uri = $uri; Arguments = @{ Force = $force }; Mode = $(if ($force) { ', with -Force neither' }) }
            }
        }
        foreach ($uri in 'ssh://git.example.org', 'androidapp://org.example.app', 'https://bank.example.org@evil.example.net/', 'steam://run/1') {
            @{ Uri = $uri; Arguments = @{}; Mode = $null }
        }
    ) {
        Add-Address $Uri $Uri
        $id = (Get-BwItem | Where-Object Name -CEQ $Uri | Select-Object -Last 1).Id.ToString()
        { Open-BwItem $id @Arguments -ErrorAction Stop } | Should -Throw -ErrorId 'UnsafeAddress,Bitwarden.PowerShell.Commands.OpenBwItemCommand'
        Get-Opened | Should -BeNullOrEmpty
    }

    It '-Force opens <Uri>' -TestCases @(
        @{ Uri = 'ssh://host.example.org:22'; Opened = 'ssh://host.example.org:22*' }
        @{ Uri = 'https://user@forced.example.org/'; Opened = 'https://user@forced.example.org/' }
    ) {
        Add-Address $Uri $Uri
        Open-BwItem $Uri -Force -ErrorAction Stop
        Get-Opened | Should -BeLike $Opened
    }

    It '<Case> is <Code>' -TestCases @(
        @{ Case = 'an item without an address'; Call = { Open-BwItem token-only }; Code = 'NoAddress' }
        @{ Case = 'a regular expression'; Call = { Add-Address re '^https://x' 4; Open-BwItem re }; Code = 'NoAddress' }
        @{ Case = 'a missing item'; Call = { Open-BwItem no-such-item }; Code = 'ItemNotFound' }
        @{ Case = 'an ambiguous name'; Call = { Open-BwItem duplicate }; Code = 'AmbiguousName' }
        @{ Case = 'a browser that fails'; Call = { Set-Browser 'exit 3'; Open-BwItem prod-sql }; Code = 'BrowserUnavailable' }
    ) {
        { $ErrorActionPreference = 'Stop'; & $Call } | Should -Throw -ErrorId "$Code,Bitwarden.PowerShell.Commands.OpenBwItemCommand"
    }

    It 'leaves a browser that stays alone' {
        Set-Browser "echo `$`$ > '$folder/pid'; exec sleep 30"
        Open-BwItem prod-sql -ErrorAction Stop
        $browser = Get-Process -Id (Get-Content "$folder/pid") -ErrorAction Stop
        $browser.Kill()
    }

    It '-WhatIf names the address and opens nothing' {
        $run = Invoke-FreshPwsh -Server $server -Environment @{ PATH = $env:PATH } {
            $null = Connect-TestAccount $server -Unlock
            Open-BwItem prod-sql -WhatIf
        }
        $run.Output | Should -Match "https://sql.example.org:1433/ of 'prod-sql'"
        Get-Opened | Should -BeNullOrEmpty
    }
}
