# Sandboxes: listed, found by name or title, and completed.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'Name'; Form = 'String[], position 0, from pipeline' }
        @{ Parameter = 'Session'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Flow -Local
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-FlowSandbox $parameters

Describe 'Get-FlowSandbox' {
    It 'writes those that one may use' {
        $sandboxes = Get-FlowSandbox
        $sandboxes | Should -BeOfType 'AdxFlow.FlowSandbox'
        $sandboxes.Name | Should -BeExactly 'prod', 'dev'
        $sandboxes[0].IsDefault | Should -BeTrue
        $sandboxes[0].State | Should -BeExactly 'active'
        $sandboxes[0].CreatedOn | Should -BeOfType 'datetimeoffset'
    }

    It 'finds by name, title and pattern, and asks once' {
        (Get-FlowSandbox PROD).Name | Should -BeExactly 'prod'
        (Get-FlowSandbox Production).Name | Should -BeExactly 'prod'
        @(Get-LocalRequest { $script:found = 'd*', 'p*' | Get-FlowSandbox }) | Should -HaveCount 1
        $found.Name | Should -BeExactly 'dev', 'prod'
        Get-FlowSandbox 'x*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'says of a name that it is missing, and goes on' {
        $found = Get-FlowSandbox nowhere, dev -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -BeExactly 'dev'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowSandboxNotFound,*'
        $failures[0].TargetObject | Should -BeExactly 'nowhere'
    }

    It 'asks again after a service that was busy, and after one that failed' {
        Add-LocalFault FlowNeighbours -StatusCode 429 -RetryAfter '00:00:01'
        (Get-FlowSandbox prod -ErrorAction Stop).Name | Should -BeExactly 'prod'
        Add-LocalFault FlowNeighbours -StatusCode 503
        (Get-FlowSandbox prod -ErrorAction Stop).Name | Should -BeExactly 'prod'
    }

    It 'shows one line for each, in 120 columns' {
        $lines = @((Get-FlowSandbox | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        $lines | Should -HaveCount 4
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}

Describe 'The completion of sandboxes' {
    It 'offers those seen, and sends nothing' {
        $null = Connect-Flow -Local
        $script:offered = @{}
        Get-LocalRequest {
            $script:offered.Connect = (TabExpansion2 'Connect-Flow -Local -Sandbox d').CompletionMatches.CompletionText
            $script:offered.Get = (TabExpansion2 'Get-FlowSandbox ').CompletionMatches.CompletionText
        } | Should -BeNullOrEmpty
        $offered.Connect | Should -BeExactly 'dev'
        $offered.Get | Should -BeExactly 'dev', 'prod'
    }
}
