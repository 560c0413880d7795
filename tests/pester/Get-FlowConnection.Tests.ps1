# Base connections: found by name, id and connector, over all pages, and completed.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'Name'; Set = 'Name'; Form = 'String[], position 0' }
        @{ Parameter = 'ConnectionId'; Set = 'Id'; Form = 'String[], mandatory, by name' }
        @{ Parameter = 'SpecId'; Set = 'Name'; Form = 'String' }
        @{ Parameter = 'Session'; Set = 'Name'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $adx = Connect-Adx -Local
    $null = Connect-Flow -Local
    $reader = [pscredential]::new('4c7e82bd-6adb-46c3-b413-fdd44834c69b', (Get-SecureText 'key'))
    function Add-Connection([string] $Name) { New-FlowConnection $Name -Credential $reader -TenantId contoso.com -AdxConnection $adx }
    $made = 'ADX, north & south', 'ADX [2]', 'Other' | ForEach-Object { Add-Connection $_ }
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-FlowConnection $parameters

Describe 'Get-FlowConnection' {
    It 'writes all, as objects without a key' {
        $all = Get-FlowConnection
        $all | Should -BeOfType 'AdxFlow.FlowConnection'
        $all.Name | Sort-Object | Should -BeExactly 'ADX [2]', 'ADX, north & south', 'Other'
        $all[0].CreatedOn | Should -BeOfType 'datetimeoffset'
        $all[0].SandboxName | Should -BeExactly 'prod'
    }

    It 'finds by name, whatever is in it, and by pattern' {
        (Get-FlowConnection 'ADX, north & south').Id | Should -BeExactly $made[0].Id
        (Get-FlowConnection 'ADX `[2`]').Id | Should -BeExactly $made[1].Id
        (Get-FlowConnection other).Id | Should -BeExactly $made[2].Id
        (Get-FlowConnection 'adx*').Name | Sort-Object | Should -BeExactly 'ADX [2]', 'ADX, north & south'
        (Get-FlowConnection Other, 'ADX,*').Name | Sort-Object | Should -BeExactly 'ADX, north & south', 'Other'
        Get-FlowConnection 'x*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'finds by id, also from the pipeline' {
        (Get-FlowConnection -ConnectionId $made[2].Id).Name | Should -BeExactly 'Other'
        ($made | Get-FlowConnection).Name | Should -BeExactly $made.Name
        ([pscustomobject]@{ ConnectionId = $made[1].Id } | Get-FlowConnection).Name | Should -BeExactly 'ADX [2]'
    }

    It 'finds those of a connector' {
        @(Get-FlowConnection -SpecId 0479cc14-7651-4354-b233-7480606c2ac3) | Should -HaveCount 3
        Get-FlowConnection -SpecId 00000000-0000-0000-0000-000000000001 | Should -BeNullOrEmpty
    }

    It 'goes through all pages, and stops asking when nobody wants more' {
        $null = Connect-Flow -Local -Sandbox dev
        1..105 | ForEach-Object { Add-Connection "Many $_" } | Out-Null
        @(Get-FlowConnection 'Many*') | Should -HaveCount 105
        @(Get-LocalRequest { Get-FlowConnection | Select-Object -First 1 }) | Should -HaveCount 1
        # By the time that the second page is asked for, the token has run out.
        @(Get-FlowConnection 'Many*' | ForEach-Object { (Get-LocalCluster).Flow.ExpireTokens(); $_ }) | Should -HaveCount 105
        $null = Connect-Flow -Local
        @(Get-FlowConnection) | Should -HaveCount 3 -Because 'another sandbox has its own'
    }

    It 'says of a name and of an id that it is missing, and goes on' {
        $found = Get-FlowConnection Missing, Other -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -BeExactly 'Other'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'Missing'

        $found = Get-FlowConnection -ConnectionId 00000000-0000-0000-0000-000000000001, $made[2].Id -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -BeExactly 'Other'
        $failures[0].Exception.ServiceCode | Should -BeExactly 'FLOW-1439-404'
        $failures[0].Exception.Prefix | Should -BeExactly 'FLOW'
        $failures[0].Exception.RequestId | Should -Not -BeNullOrEmpty
        $failures[0].Exception.Message | Should -BeLike '*no access*'
    }

    It 'ends the call with -ErrorAction Stop' {
        { Get-FlowConnection Missing -ErrorAction Stop } | Should -Throw -ErrorId 'FlowNotFound,*'
    }

    It 'sends nothing for what cannot be an id' {
        $requests = Get-LocalRequest { $script:failure = Get-Failure { Get-FlowConnection -ConnectionId '..' } }
        $requests | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInvalidArgument,*'
    }

    It 'shows one line for each, in 120 columns' {
        $lines = @((Get-FlowConnection | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        $lines | Should -HaveCount 5
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}

Describe 'The completion of connections' {
    It 'offers names and ids of those seen in the sandbox, and sends nothing' {
        $null = Get-FlowConnection
        $script:offered = @{}
        Get-LocalRequest {
            $script:offered.Name = (TabExpansion2 'Get-FlowConnection o').CompletionMatches.CompletionText
            $script:offered.Id = (TabExpansion2 'Test-FlowConnection north').CompletionMatches
        } | Should -BeNullOrEmpty
        $offered.Name | Should -BeExactly 'Other'
        $offered.Id.CompletionText | Should -BeExactly $made[0].Id
        $offered.Id.ListItemText | Should -BeLike 'ADX, north*'
    }
}
